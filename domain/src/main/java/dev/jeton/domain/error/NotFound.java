package dev.jeton.domain.error;

import java.util.Map;

/** What the command speaks of does not exist, or not for this caller; the two look the same. */
public final class NotFound extends JetonException {
    public NotFound(ErrorReason reason, String message) {
        this(reason, message, Map.of());
    }

    public NotFound(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.NOT_FOUND, reason, message, metadata);
    }
}
