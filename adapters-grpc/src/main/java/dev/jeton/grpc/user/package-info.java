/**
 * UserService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.user.UserGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.user;

import org.jspecify.annotations.NullMarked;
