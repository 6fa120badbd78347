package dev.jeton.grpc.verification;

import static dev.jeton.grpc.call.CallContext.credential;

import dev.jeton.application.port.inbound.TokenVerification;
import dev.jeton.grpc.call.Replies;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.BatchVerifyTokensResponse;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@link TokenVerification}. Thread-safe; never blocks. */
public final class VerificationGrpcService extends VerificationServiceGrpc.VerificationServiceImplBase {
    private final TokenVerification verification;

    public VerificationGrpcService(TokenVerification verification) {
        this.verification = verification;
    }

    @Override
    public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> replies) {
        Replies.sendWhenThere(
                replies,
                verification
                        .verify(credential(), VerificationProtos.verifyToken(request))
                        .thenApply(VerificationProtos::verification));
    }

    @Override
    public void batchVerifyTokens(BatchVerifyTokensRequest request, StreamObserver<BatchVerifyTokensResponse> replies) {
        Replies.sendWhenThere(
                replies,
                verification
                        .verifyAll(credential(), VerificationProtos.batchVerifyTokens(request))
                        .thenApply(VerificationProtos::verifications));
    }
}
