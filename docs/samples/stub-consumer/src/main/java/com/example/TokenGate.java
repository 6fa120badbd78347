package com.example;

import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc.VerificationServiceBlockingStub;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Decides whether a caller may use a workload. */
public final class TokenGate {
    private final VerificationServiceBlockingStub stub;

    /** @param gatewayToken a token with {@code jeton:verify} */
    public TokenGate(Channel channel, String gatewayToken) {
        stub = VerificationServiceGrpc.newBlockingStub(channel).withCallCredentials(new Bearer(gatewayToken));
    }

    /**
     * Asks Jeton.
     *
     * @throws StatusRuntimeException if Jeton cannot tell, UNAVAILABLE for one: neither allowed nor denied
     */
    public boolean allows(String secret, String workloadId) {
        VerifyTokenResponse response = stub.withDeadlineAfter(2, TimeUnit.SECONDS)
                .verifyToken(VerifyTokenRequest.newBuilder()
                        .setSecret(secret)
                        .setWorkloadId(workloadId)
                        .build());
        return response.getVerdict() == Verdict.VERDICT_ALLOWED;
    }

    private static final class Bearer extends CallCredentials {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        private final String token;

        Bearer(String token) {
            this.token = token;
        }

        @Override
        public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + token);
            applier.apply(headers);
        }
    }
}
