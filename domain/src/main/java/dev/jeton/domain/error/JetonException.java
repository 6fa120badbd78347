package dev.jeton.domain.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stops a command. The closed list of categories says how a caller should take it, the reason says why, the message tells a
 * person which value, which rule and what to do; none of them ever holds a secret. It has no stack trace: it is an answer, not a defect.
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

    /** The same list as the subclasses, for an exhaustive switch. */
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

    /** Facts for programs, such as the id that was asked for, by snake_case key. */
    public final Map<String, String> metadata() {
        return metadata;
    }
}
