package dev.jeton.grpc.verification;

import static dev.jeton.grpc.call.CallContext.credential;

import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.grpc.call.CallLimit;
import dev.jeton.grpc.call.Replies;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.BatchVerifyTokensResponse;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;

/** Serves {@link TokenVerification}. Thread-safe; never blocks. */
public final class VerificationGrpcService extends VerificationServiceGrpc.VerificationServiceImplBase {
    private final TokenVerification verification;
    private final CallLimit limit;

    /** @param limit is released when a call is answered */
    public VerificationGrpcService(TokenVerification verification, CallLimit limit) {
        this.verification = verification;
        this.limit = limit;
    }

    @Override
    public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> replies) {
        answer(
                replies,
                verification
                        .verify(credential(), VerificationProtos.verifyToken(request))
                        .thenApply(VerificationProtos::verification));
    }

    @Override
    public void batchVerifyTokens(BatchVerifyTokensRequest request, StreamObserver<BatchVerifyTokensResponse> replies) {
        answer(
                replies,
                verification
                        .verifyAll(credential(), VerificationProtos.batchVerifyTokens(request))
                        .thenApply(VerificationProtos::verifications));
    }

    private <R> void answer(StreamObserver<R> replies, CompletionStage<R> reply) {
        reply.whenComplete((value, failure) -> {
            limit.release();
            if (failure == null) {
                Replies.send(replies, value);
            } else {
                replies.onError(failure);
            }
        });
    }
}
