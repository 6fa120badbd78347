/**
 * A load generator for unary gRPC calls. One thread writes HTTP/2 frames, encoded once, to a few sockets; so it takes little of a machine that
 * it shares with the server. It runs in a process of its own. Start reading at {@link dev.jeton.benchmark.load.LoadMain}.
 */
@NullMarked
package dev.jeton.benchmark.load;

import org.jspecify.annotations.NullMarked;
