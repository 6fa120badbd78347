package dev.jeton.domain.error;

import java.util.Map;

/** A resource does not exist, or the caller may not see it. The two cases look the same. */
public final class NotFound extends JetonException {
    public NotFound(ErrorReason reason, String message) {
        this(reason, message, Map.of());
    }

    public NotFound(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.NOT_FOUND, reason, message, metadata);
    }
}
