/**
 * TokenService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.token.TokenGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.token;

import org.jspecify.annotations.NullMarked;
