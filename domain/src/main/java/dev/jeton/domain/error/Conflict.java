package dev.jeton.domain.error;

import java.util.Map;

/** Another caller changed the resource first. Read it again and retry. */
public final class Conflict extends JetonException {
    public Conflict(ErrorReason reason, String message) {
        super(Category.CONFLICT, reason, message, Map.of());
    }
}
