package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Authentication;
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
 * For services that never block and judge the caller's token themselves, by the same look at the store as their work: puts it into
 * {@link CallContext} and has them run on the transport's thread. Only a caller whose token passes is told that its request is wrong. A
 * call takes a place in the {@link Room}, which the service gives up when its answer is there. Thread-safe.
 */
public final class CredentialInterceptor implements ServerInterceptor {
    private final Authentication authentication;
    private final Room room;

    public CredentialInterceptor(Authentication authentication, Room room) {
        this.authentication = authentication;
        this.room = room;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Operation operation = Operations.of(call.getMethodDescriptor());
        PresentedToken credential = Credentials.read(headers);
        return new WholeRequest<>(next.startCall(call, headers)) {
            @Override
            void onRequest(Context context) {
                room.enter();
                try {
                    handle(context.withValue(CallContext.CREDENTIAL, credential));
                } catch (JetonException | CallRefused wrong) {
                    authentication.authenticate(credential, operation).whenComplete((caller, refusal) -> {
                        room.leave();
                        Failures.report(call, refusal == null ? wrong : refusal);
                    });
                } catch (Throwable defect) {
                    room.leave();
                    throw defect;
                }
            }
        };
    }
}
