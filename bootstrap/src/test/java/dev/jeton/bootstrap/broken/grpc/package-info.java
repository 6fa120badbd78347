/**
 * Stands for the gRPC adapter.
 */
@NullMarked
package dev.jeton.bootstrap.broken.grpc;

import org.jspecify.annotations.NullMarked;
