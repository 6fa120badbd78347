/**
 * VerificationService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.verification.VerificationGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.verification;

import org.jspecify.annotations.NullMarked;
