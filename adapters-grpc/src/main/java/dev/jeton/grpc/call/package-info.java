/**
 * What all services share: who calls, for how long, and how messages become values. It knows no service of its own. Begin with
 * {@link dev.jeton.grpc.call.CallerInterceptor} for the way of a call and {@link dev.jeton.grpc.call.RequestReader} for that of a message.
 */
@NullMarked
package dev.jeton.grpc.call;

import org.jspecify.annotations.NullMarked;
