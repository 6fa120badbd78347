/**
 * The gRPC server: Jeton's public API over its inbound ports. It knows those ports, the domain and the generated stubs, but neither storage
 * nor wiring. Start with {@link dev.jeton.grpc.GrpcServer}. Each feature has a package with a service and its message conversions; all
 * build on {@code call}, {@code message} and {@code error}, in this order.
 */
@NullMarked
package dev.jeton.grpc;

import org.jspecify.annotations.NullMarked;
