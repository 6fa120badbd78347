package dev.jeton.grpc.error;

/** Says that a call failed before its service began, and so changed nothing. */
final class NotStarted extends RuntimeException {
    NotStarted(Throwable cause) {
        super(null, cause, false, false);
    }
}
