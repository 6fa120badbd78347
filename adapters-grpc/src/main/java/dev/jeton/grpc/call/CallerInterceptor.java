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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * For services that may block: makes out the caller, and then has the call worked off by an executor, with the caller, or the user whom it
 * acts as, in {@link CallContext}. Nobody waits for the caller's token: no thread, and no place in the executor's queue. A call that the
 * executor refuses, and one whose time is up before its turn, is not begun. Thread-safe.
 */
public final class CallerInterceptor implements ServerInterceptor {
    private final Authentication authentication;
    private final Executor executor;

    public CallerInterceptor(Authentication authentication, Executor executor) {
        this.authentication = authentication;
        this.executor = executor;
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
                authentication.authenticate(credential, operation).whenComplete((owner, failure) -> {
                    if (failure == null) {
                        enqueue(context, owner);
                    } else {
                        Failures.report(call, failure);
                    }
                });
            }

            private void enqueue(Context context, Caller owner) {
                try {
                    executor.execute(() -> answer(context, owner));
                } catch (RejectedExecutionException full) {
                    Failures.report(call, CallRefused.overloaded());
                }
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
