package dev.jeton.domain.error;

import java.util.Map;

/** Somebody else changed the resource first; read it again and decide anew. */
public final class Conflict extends JetonException {
    public Conflict(ErrorReason reason, String message) {
        this(reason, message, Map.of());
    }

    public Conflict(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.CONFLICT, reason, message, metadata);
    }
}
