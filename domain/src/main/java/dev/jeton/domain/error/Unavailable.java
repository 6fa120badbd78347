package dev.jeton.domain.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command needs cannot be reached at the moment; nothing is known about its outcome. Trying again later may help. */
public final class Unavailable extends JetonException {
    public Unavailable(ErrorReason reason, String message, @Nullable Throwable cause) {
        super(Category.UNAVAILABLE, reason, message, Map.of(), cause);
    }
}
