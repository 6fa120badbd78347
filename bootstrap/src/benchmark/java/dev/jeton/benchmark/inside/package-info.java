/**
 * The parts of verification that need neither network nor database, measured by JMH: how long one operation takes and how many bytes it
 * allocates.
 */
@NullMarked
package dev.jeton.benchmark.inside;

import org.jspecify.annotations.NullMarked;
