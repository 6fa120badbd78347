/** JMH benchmarks of the parts of verification that need neither network nor database: time and allocated bytes. */
@NullMarked
package dev.jeton.benchmark.inside;

import org.jspecify.annotations.NullMarked;
