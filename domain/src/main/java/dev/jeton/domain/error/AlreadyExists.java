package dev.jeton.domain.error;

import java.util.Map;

/** A unique value is already in use. */
public final class AlreadyExists extends JetonException {
    public AlreadyExists(ErrorReason reason, String message) {
        this(reason, message, Map.of());
    }

    public AlreadyExists(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.ALREADY_EXISTS, reason, message, metadata);
    }
}
