package dev.jeton.domain.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejects a command. The category says how a caller should react, the reason is a stable code, and the message names the value, the
 * rule and the remedy. None of them contains a secret. Carries no stack trace: it is an expected answer, not a defect.
 */
public abstract sealed class JetonException extends RuntimeException
        permits InvalidArgument,
                NotFound,
                AlreadyExists,
                FailedPrecondition,
                Conflict,
                PermissionDenied,
                Unauthenticated,
                QuotaExceeded,
                Unavailable {

    /** One value for each subclass, for exhaustive switches. */
    public enum Category {
        INVALID_ARGUMENT,
        NOT_FOUND,
        ALREADY_EXISTS,
        FAILED_PRECONDITION,
        CONFLICT,
        PERMISSION_DENIED,
        UNAUTHENTICATED,
        QUOTA_EXCEEDED,
        UNAVAILABLE
    }

    private final Category category;
    private final ErrorReason reason;
    private final transient Map<String, String> metadata;

    JetonException(Category category, ErrorReason reason, String message, Map<String, String> metadata) {
        this(category, reason, message, metadata, null);
    }

    JetonException(
            Category category,
            ErrorReason reason,
            String message,
            Map<String, String> metadata,
            @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.category = category;
        this.reason = reason;
        this.metadata = Map.copyOf(metadata);
    }

    public final Category category() {
        return category;
    }

    public final ErrorReason reason() {
        return reason;
    }

    /** Returns machine-readable details such as the requested id, by snake_case key. */
    public final Map<String, String> metadata() {
        return metadata;
    }
}
