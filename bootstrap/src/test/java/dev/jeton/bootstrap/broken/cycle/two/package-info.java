/**
 * The other half of the cycle.
 */
@NullMarked
package dev.jeton.bootstrap.broken.cycle.two;

import org.jspecify.annotations.NullMarked;
