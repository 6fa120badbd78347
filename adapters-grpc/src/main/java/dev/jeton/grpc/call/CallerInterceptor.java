package dev.jeton.grpc.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Authenticates callers of services that may block, and runs each call on a thread of its {@link Lanes} with the caller, or the user it acts
 * as, in {@link CallContext}. No thread waits while the caller is authenticated. A call that exceeds the lane's limit, or is cancelled while
 * it waits for a thread, is not started. Thread-safe.
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
        CallIdHeader<Q, R> withId = new CallIdHeader<>(call);
        return new UnaryRequestListener<>(next.startCall(withId, headers)) {
            @Override
            void onRequest(Context context) {
                Lanes.Permit permit = lanes.acquire(operation, credential.tenantId());
                authentication.authenticate(credential, operation).whenComplete((owner, refusal) -> {
                    if (refusal != null) {
                        permit.release();
                        Failures.reportNotStarted(call, refusal);
                        return;
                    }
                    try {
                        CallContext.reply(context).admit(owner.tenantId());
                    } catch (CallRefused tooMuchUnread) {
                        permit.release();
                        Failures.report(call, tooMuchUnread);
                        return;
                    }
                    try {
                        permit.execute(() -> answer(context, owner));
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
                    withId.setCaller(caller);
                    handle(context.withValue(CallContext.CALLER, caller));
                } catch (Throwable failure) {
                    Failures.report(call, failure);
                }
            }

            private Caller acting(Caller owner) {
                if (!ActingUser.isPresent(headers)) {
                    return owner;
                }
                AccessRules.requireActAs(owner);
                return authentication.actAs(owner, ActingUser.read(headers), operation);
            }
        };
    }
}
