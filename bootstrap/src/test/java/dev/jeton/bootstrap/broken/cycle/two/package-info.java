/**
 * The other half.
 */
@NullMarked
package dev.jeton.bootstrap.broken.cycle.two;

import org.jspecify.annotations.NullMarked;
