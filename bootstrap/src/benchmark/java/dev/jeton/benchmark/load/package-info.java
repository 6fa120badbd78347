/**
 * A load generator for unary gRPC calls. One thread writes HTTP/2 frames, encoded once, to a few sockets, and so takes little from the server on
 * the same machine. It runs in its own process. Start with {@link dev.jeton.benchmark.load.LoadMain}.
 */
@NullMarked
package dev.jeton.benchmark.load;

import org.jspecify.annotations.NullMarked;
