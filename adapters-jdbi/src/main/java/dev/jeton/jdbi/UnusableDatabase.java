package dev.jeton.jdbi;

/** The database cannot keep Jeton's promises. The message is one sentence that names the cause and the remedy. */
public final class UnusableDatabase extends RuntimeException {

    UnusableDatabase(String message) {
        super(message);
    }

    UnusableDatabase(String message, Throwable cause) {
        super(message, cause);
    }
}
