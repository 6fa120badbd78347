/**
 * Serves UserService over its inbound port. Start with {@link dev.jeton.grpc.user.UserGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.user;

import org.jspecify.annotations.NullMarked;
