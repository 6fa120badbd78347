package dev.jeton.grpc.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Authentication;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * For services that may block: makes out the caller, and then has the call worked off by a thread of its {@link Lanes}, with the caller,
 * or the user whom it acts as, in {@link CallContext}. No thread waits for the caller's token. A call for which there is no room, and one
 * whose time is up before its turn, is not begun. Thread-safe.
 */
public final class CallerInterceptor implements ServerInterceptor {
    private final Authentication authentication;
    private final Lanes lanes;

    public CallerInterceptor(Authentication authentication, Lanes lanes) {
        this.authentication = authentication;
        this.lanes = lanes;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Operation operation = Operations.of(call.getMethodDescriptor());
        PresentedToken credential = Credentials.read(headers);
        CallIdHeader<Q, R> answered = new CallIdHeader<>(call);
        return new WholeRequest<>(next.startCall(answered, headers)) {
            @Override
            void onRequest(Context context) {
                Lanes.Place place = lanes.take(operation);
                authentication.authenticate(credential, operation).whenComplete((owner, refusal) -> {
                    if (refusal != null) {
                        place.leave();
                        Failures.report(call, refusal);
                        return;
                    }
                    try {
                        place.work(() -> answer(context, owner));
                    } catch (CallRefused stopping) {
                        Failures.report(call, stopping);
                    }
                });
            }

            private void answer(Context context, Caller owner) {
                if (context.isCancelled()) {
                    return;
                }
                try {
                    Caller caller = acting(owner);
                    answered.by(caller);
                    handle(context.withValue(CallContext.CALLER, caller));
                } catch (Throwable failure) {
                    Failures.report(call, failure);
                }
            }

            private Caller acting(Caller owner) {
                if (!ActingUser.isNamed(headers)) {
                    return owner;
                }
                AccessRules.requireActAs(owner);
                return authentication.actAs(owner, ActingUser.read(headers), operation);
            }
        };
    }
}
