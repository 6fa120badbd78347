package dev.jeton.domain.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dependency is unreachable and the outcome of the command is unknown. A retry may succeed. */
public final class Unavailable extends JetonException {
    public Unavailable(ErrorReason reason, String message, @Nullable Throwable cause) {
        super(Category.UNAVAILABLE, reason, message, Map.of(), cause);
    }
}
