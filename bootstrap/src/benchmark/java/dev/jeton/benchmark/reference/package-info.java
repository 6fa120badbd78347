/** Servers that Jeton is compared with: one that does nothing, and one that verifies tokens in the obvious way. */
@NullMarked
package dev.jeton.benchmark.reference;

import org.jspecify.annotations.NullMarked;
