package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Serves services that never block and verify the caller's token themselves, in the same lookup as their work: puts the token into
 * {@link CallContext} and runs the call on the transport's thread. An invalid request is reported only to a caller whose token is valid. Each
 * call counts against the {@link CallLimit} until the service releases it with its answer. Thread-safe.
 */
public final class CredentialInterceptor implements ServerInterceptor {
    private final Authentication authentication;
    private final CallLimit limit;

    public CredentialInterceptor(Authentication authentication, CallLimit limit) {
        this.authentication = authentication;
        this.limit = limit;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Operation operation = Operations.of(call.getMethodDescriptor());
        PresentedToken credential = Credentials.read(headers);
        return new UnaryRequestListener<>(next.startCall(call, headers)) {
            @Override
            void onRequest(Context context) {
                limit.acquire();
                CallContext.reply(context).chargeTo(credential.tenantId());
                try {
                    handle(context.withValue(CallContext.CREDENTIAL, credential));
                } catch (JetonException | CallRefused invalid) {
                    authentication.authenticate(credential, operation).whenComplete((caller, refusal) -> {
                        limit.release();
                        Failures.report(call, refusal == null ? invalid : refusal);
                    });
                } catch (Throwable defect) {
                    limit.release();
                    throw defect;
                }
            }
        };
    }
}
