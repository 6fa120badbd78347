package dev.jeton.grpc.call;

import dev.jeton.application.access.Caller;
import dev.jeton.domain.token.PresentedToken;
import io.grpc.Context;
import org.jspecify.annotations.Nullable;

/** What a service may know of the call that it is handling. */
public final class CallContext {
    static final Context.Key<PresentedToken> CREDENTIAL = Context.key("credential");
    static final Context.Key<Caller> CALLER = Context.key("caller");

    private CallContext() {}

    /** Who is calling; known behind {@link CallerInterceptor}. */
    public static Caller caller() {
        return present(CALLER.get());
    }

    /** The token that the call was made with, of the right shape but not yet judged; known behind {@link CredentialInterceptor}. */
    public static PresentedToken credential() {
        return present(CREDENTIAL.get());
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The service is not behind the interceptor that it needs");
        }
        return value;
    }
}
