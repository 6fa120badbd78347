package dev.jeton.bootstrap.storage;

/** Why the server cannot start, in one line that says what to do. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
