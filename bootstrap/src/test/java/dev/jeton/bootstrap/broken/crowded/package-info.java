/**
 * Has one type too many.
 */
@NullMarked
package dev.jeton.bootstrap.broken.crowded;

import org.jspecify.annotations.NullMarked;
