/**
 * The one place where a gRPC status is made. It knows the domain's errors and nothing of any service. Begin with
 * {@link dev.jeton.grpc.error.ErrorInterceptor}.
 */
@NullMarked
package dev.jeton.grpc.error;

import org.jspecify.annotations.NullMarked;
