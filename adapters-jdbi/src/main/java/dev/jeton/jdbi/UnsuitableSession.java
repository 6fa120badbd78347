package dev.jeton.jdbi;

import java.sql.SQLNonTransientConnectionException;

/** A new database session was not set up as Jeton needs it, and was closed. The message names the cause and the remedy. */
final class UnsuitableSession extends SQLNonTransientConnectionException {
    private static final String CONNECTION_REJECTED = "08004";

    UnsuitableSession(String message) {
        super(message, CONNECTION_REJECTED);
    }
}
