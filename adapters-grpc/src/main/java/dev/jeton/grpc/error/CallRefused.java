package dev.jeton.grpc.error;

import dev.jeton.domain.error.ErrorReason;
import io.grpc.Status;

/**
 * Stops a call for a reason that the domain does not know: size, load or time. It has no stack trace because it is an answer, not a
 * defect.
 */
public final class CallRefused extends RuntimeException {
    private final Status.Code code;
    private final ErrorReason reason;

    private CallRefused(Status.Code code, ErrorReason reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    public static CallRefused tooLarge(int bytes, int limit) {
        return new CallRefused(
                Status.Code.RESOURCE_EXHAUSTED,
                ErrorReason.REQUEST_TOO_LARGE,
                "The request has %s bytes, but the limit is %s. Send less per call.".formatted(bytes, limit));
    }

    public static CallRefused overloaded() {
        return new CallRefused(
                Status.Code.RESOURCE_EXHAUSTED,
                ErrorReason.SERVER_OVERLOADED,
                "The server is overloaded and did not start the call. Retry after one second, then with back-off.");
    }

    public static CallRefused repliesUnread() {
        return new CallRefused(
                Status.Code.RESOURCE_EXHAUSTED,
                ErrorReason.SERVER_OVERLOADED,
                "Too many replies to the tenant's callers are still unread. Read them, then retry.");
    }

    public static CallRefused deadlineExceeded() {
        return new CallRefused(
                Status.Code.DEADLINE_EXCEEDED,
                ErrorReason.DEADLINE_EXCEEDED,
                "The deadline passed before the call was answered.");
    }

    Status.Code code() {
        return code;
    }

    ErrorReason reason() {
        return reason;
    }
}
