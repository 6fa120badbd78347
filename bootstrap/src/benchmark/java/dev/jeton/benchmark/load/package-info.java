/**
 * A load generator for unary gRPC calls that costs little, so that it can share a small machine with what it measures: frames are encoded
 * once and written raw to a few sockets by one thread. It runs in a process of its own and knows nothing of the rest of Jeton. Begin at
 * {@link dev.jeton.benchmark.load.LoadMain}.
 */
@NullMarked
package dev.jeton.benchmark.load;

import org.jspecify.annotations.NullMarked;
