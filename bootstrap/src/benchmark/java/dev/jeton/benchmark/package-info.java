/**
 * The benchmark: it measures the packaged server as users start it, beside references on the same machine in the same run, and prints a table
 * with ratios. docs/performance.md says how to run it and what the lines mean. Begin at
 * {@link dev.jeton.benchmark.Benchmark}.
 */
@NullMarked
package dev.jeton.benchmark;

import org.jspecify.annotations.NullMarked;
