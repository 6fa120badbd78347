/**
 * The gRPC server: Jeton's public API over its inbound ports. It knows those ports, the domain and the generated stubs, and neither storage
 * nor wiring. Begin with {@link dev.jeton.grpc.GrpcServer}; each feature has a package of its own, with a service and what reads and
 * writes its messages.
 */
@NullMarked
package dev.jeton.grpc;

import org.jspecify.annotations.NullMarked;
