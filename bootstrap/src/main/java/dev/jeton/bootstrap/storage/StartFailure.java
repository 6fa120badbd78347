package dev.jeton.bootstrap.storage;

/** The server or a command cannot start. The message is one line that names the cause and the remedy. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
