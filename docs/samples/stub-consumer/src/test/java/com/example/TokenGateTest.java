package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc.VerificationServiceImplBase;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenGateTest {
    private final FakeJeton jeton = new FakeJeton();
    private Server server;
    private ManagedChannel channel;
    private TokenGate gate;

    @BeforeEach
    void start() throws IOException {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(jeton)
                .intercept(new CallerCheck())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
        gate = new TokenGate(channel, "gateway-token");
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void letsAnAllowedTokenIn() {
        assertTrue(gate.allows("good", "llama-3"));
    }

    @Test
    void keepsACancelledTokenOut() {
        assertFalse(gate.allows("cancelled", "llama-3"));
    }

    @Test
    void reportsThatJetonIsUnavailable() {
        StatusRuntimeException e =
                assertThrows(StatusRuntimeException.class, () -> gate.allows("outage", "llama-3"));

        assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode());
    }

    private static final class FakeJeton extends VerificationServiceImplBase {
        @Override
        public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> observer) {
            switch (request.getSecret()) {
                case "good" -> answer(Verdict.VERDICT_ALLOWED, observer);
                case "cancelled" -> answer(Verdict.VERDICT_CANCELLED, observer);
                default -> observer.onError(Status.UNAVAILABLE.asRuntimeException());
            }
        }

        private static void answer(Verdict verdict, StreamObserver<VerifyTokenResponse> observer) {
            observer.onNext(VerifyTokenResponse.newBuilder().setVerdict(verdict).build());
            observer.onCompleted();
        }
    }

    private static final class CallerCheck implements ServerInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            if ("Bearer gateway-token".equals(headers.get(AUTHORIZATION))) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED, new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
