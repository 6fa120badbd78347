/**
 * Serves TokenService over its inbound port. Start with {@link dev.jeton.grpc.token.TokenGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.token;

import org.jspecify.annotations.NullMarked;
