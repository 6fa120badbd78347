/**
 * Half of a cycle.
 */
@NullMarked
package dev.jeton.bootstrap.broken.cycle.one;

import org.jspecify.annotations.NullMarked;
