package dev.jeton.grpc.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Authentication;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * For services that may block: has each call worked off by an executor, where the caller is made out first and then the service runs,
 * with the caller, or the user whom it acts as, in {@link CallContext}. A call that the executor refuses, and one whose time is up before
 * its turn, is not begun. Thread-safe.
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
                try {
                    executor.execute(() -> answer(context));
                } catch (RejectedExecutionException full) {
                    throw CallRefused.overloaded();
                }
            }

            private void answer(Context context) {
                if (context.isCancelled()) {
                    return;
                }
                try {
                    Caller caller = judged(context);
                    answered.by(caller);
                    handle(context.withValue(CallContext.CALLER, caller));
                } catch (Throwable failure) {
                    Failures.report(call, failure);
                }
            }

            private Caller judged(Context context) {
                Caller owner =
                        await(authentication.authenticate(credential, operation).toCompletableFuture(), context);
                if (!ActingUser.isNamed(headers)) {
                    return owner;
                }
                AccessRules.requireActAs(owner);
                return authentication.actAs(owner, ActingUser.read(headers), operation);
            }
        };
    }

    private static Caller await(CompletableFuture<Caller> caller, Context context) {
        Deadline deadline = context.getDeadline();
        try {
            return deadline == null
                    ? caller.get()
                    : caller.get(deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (TimeoutException late) {
            throw CallRefused.deadlineExceeded();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CallRefused.stopping();
        }
    }
}
