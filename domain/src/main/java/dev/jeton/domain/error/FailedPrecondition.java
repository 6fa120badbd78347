package dev.jeton.domain.error;

import java.util.Map;

/** The resource is not in a state that allows the command. */
public final class FailedPrecondition extends JetonException {
    public FailedPrecondition(ErrorReason reason, String message) {
        this(reason, message, Map.of());
    }

    public FailedPrecondition(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.FAILED_PRECONDITION, reason, message, metadata);
    }
}
