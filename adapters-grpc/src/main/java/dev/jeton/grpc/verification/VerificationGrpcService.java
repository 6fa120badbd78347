package dev.jeton.grpc.verification;

import static dev.jeton.grpc.call.CallContext.credential;

import com.google.rpc.Status;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.grpc.call.CallLimit;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.error.StatusMapper;
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
    private final StatusMapper errors;

    /**
     * @param limit is released when a call is answered
     * @param errors maps the faults of single elements of a batch
     */
    public VerificationGrpcService(TokenVerification verification, CallLimit limit, StatusMapper errors) {
        this.verification = verification;
        this.limit = limit;
        this.errors = errors;
    }

    @Override
    public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> replies) {
        answer(
                replies,
                verification
                        .verify(credential(), VerificationProtos.verifyToken(request))
                        .thenApply(result -> VerificationProtos.verification(result, this::error)));
    }

    @Override
    public void batchVerifyTokens(BatchVerifyTokensRequest request, StreamObserver<BatchVerifyTokensResponse> replies) {
        answer(
                replies,
                verification
                        .verifyAll(credential(), VerificationProtos.batchVerifyTokens(request))
                        .thenApply(results -> VerificationProtos.verifications(results, this::error)));
    }

    private Status error(Unavailable cause) {
        return errors.toStatus(cause, VerificationServiceGrpc.getBatchVerifyTokensMethod());
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
