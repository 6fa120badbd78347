package dev.jeton.domain.error;

import java.util.Map;

/** The call carries no token that passes. One fixed text: why it does not pass is nobody's business. */
public final class Unauthenticated extends JetonException {
    public Unauthenticated() {
        super(
                Category.UNAUTHENTICATED,
                ErrorReason.UNAUTHENTICATED,
                "The call needs a valid Jeton token in its metadata: authorization: Bearer jtn_…",
                Map.of());
    }
}
