/**
 * What happens to a call before and after its service: authentication, deadlines, limits and threads. It knows no service. Start with
 * {@link dev.jeton.grpc.call.CallerInterceptor}.
 */
@NullMarked
package dev.jeton.grpc.call;

import org.jspecify.annotations.NullMarked;
