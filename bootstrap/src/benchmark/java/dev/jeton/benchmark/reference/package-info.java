/** Servers for comparison: one that only echoes, and one that verifies tokens in the obvious way. */
@NullMarked
package dev.jeton.benchmark.reference;

import org.jspecify.annotations.NullMarked;
