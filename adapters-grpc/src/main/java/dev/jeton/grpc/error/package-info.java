/**
 * Creates every gRPC status. It knows the domain's errors and no service. Start with
 * {@link dev.jeton.grpc.error.ErrorInterceptor}.
 */
@NullMarked
package dev.jeton.grpc.error;

import org.jspecify.annotations.NullMarked;
