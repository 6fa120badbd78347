package dev.jeton.domain.error;

import java.util.Map;

/** The call carries no valid token. The message is fixed so that it does not reveal why the token is invalid. */
public final class Unauthenticated extends JetonException {
    public Unauthenticated() {
        super(
                Category.UNAUTHENTICATED,
                ErrorReason.UNAUTHENTICATED,
                "The call needs a valid Jeton token in its metadata: authorization: Bearer jtn_…",
                Map.of());
    }
}
