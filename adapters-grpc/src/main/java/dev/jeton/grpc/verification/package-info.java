/**
 * Serves VerificationService over its inbound port. Start with {@link dev.jeton.grpc.verification.VerificationGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.verification;

import org.jspecify.annotations.NullMarked;
