package dev.jeton.grpc.error;

import dev.jeton.domain.error.ErrorReason;
import io.grpc.Status;

/**
 * What stops a call before the application has heard of it, where the domain has no word for it. It has no stack trace: it is an answer,
 * not a defect.
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
                "The request has %d bytes; at most %d are allowed. Ask for less at once.".formatted(bytes, limit));
    }

    public static CallRefused overloaded() {
        return new CallRefused(
                Status.Code.RESOURCE_EXHAUSTED,
                ErrorReason.SERVER_OVERLOADED,
                "The server has more calls than it can work off; try again after a second, and later each time.");
    }

    public static CallRefused deadlineExceeded() {
        return new CallRefused(
                Status.Code.DEADLINE_EXCEEDED,
                ErrorReason.DEADLINE_EXCEEDED,
                "The call was not answered before its deadline; whether it had an effect is not known.");
    }

    Status.Code code() {
        return code;
    }

    ErrorReason reason() {
        return reason;
    }
}
