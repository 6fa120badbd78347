/**
 * The benchmark: measures the packaged server and references on the same machine in the same run, and prints a table. docs/performance.md
 * explains how to run it and what the lines mean. Start with {@link dev.jeton.benchmark.Benchmark}.
 */
@NullMarked
package dev.jeton.benchmark;

import org.jspecify.annotations.NullMarked;
