package dev.jeton.grpc.call;

import dev.jeton.application.access.Caller;
import dev.jeton.domain.token.PresentedToken;
import io.grpc.Context;
import org.jspecify.annotations.Nullable;

/** What a service knows about the call it handles. */
public final class CallContext {
    static final Context.Key<PresentedToken> CREDENTIAL = Context.key("credential");
    static final Context.Key<Caller> CALLER = Context.key("caller");
    static final Context.Key<UnreadReplies.Reply> REPLY = Context.key("reply");

    private CallContext() {}

    /** Returns the authenticated caller; only behind {@link CallerInterceptor}. */
    public static Caller caller() {
        return present(CALLER.get());
    }

    /** Returns the caller's token, well-formed but not yet verified; only behind {@link CredentialInterceptor}. */
    public static PresentedToken credential() {
        return present(CREDENTIAL.get());
    }

    /** Returns the reply of a call; only behind {@link ReplyInterceptor}. */
    static UnreadReplies.Reply reply(Context call) {
        return present(REPLY.get(call));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The service needs an interceptor that is not installed");
        }
        return value;
    }
}
