/** Measures the parts of verification that need neither network nor database with JMH: time and allocated bytes of each. */
@NullMarked
package dev.jeton.benchmark.inside;

import org.jspecify.annotations.NullMarked;
