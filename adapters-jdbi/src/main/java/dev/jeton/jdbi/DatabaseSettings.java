package dev.jeton.jdbi;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database and how long to wait for it. Its text form leaves the password out.
 *
 * @param url {@code jdbc:postgresql://…}, without a password; its parameters come before what is set here
 * @param password null: the server asks for none
 * @param poolSize connections for transactions
 * @param lookupPoolSize connections that verification reads by, besides those
 * @param connectTimeout whole seconds
 * @param socketTimeout how long the server may be silent; whole seconds
 * @param statementTimeout how long one statement may take
 * @param poolWait how long a transaction waits for a free connection
 * @param lookupTimeout what all of these are for a verification's read; whole seconds
 * @param tableBytes how much memory what verification has read may take, roughly
 */
public record DatabaseSettings(
        String url,
        String user,
        @Nullable String password,
        int poolSize,
        int lookupPoolSize,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration statementTimeout,
        Duration poolWait,
        Duration lookupTimeout,
        long tableBytes) {

    /** @throws IllegalArgumentException saying which value is wrong and how it should be */
    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("The database's URL must begin with jdbc:postgresql:");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new IllegalArgumentException(
                    "The database's password must not be part of its URL; give it by itself");
        }
        requireAtLeast(1, poolSize, "pool size");
        requireAtLeast(1, lookupPoolSize, "lookup pool size");
        requireWholeSeconds(connectTimeout, "connect time-out");
        requireWholeSeconds(socketTimeout, "socket time-out");
        requireWholeSeconds(lookupTimeout, "lookup time-out");
        requireAtLeast(1, statementTimeout.toMillis(), "statement time-out in milliseconds");
        requireAtLeast(1, tableBytes, "table's size in bytes");
        requireAtLeast(250, poolWait.toMillis(), "wait for a connection in milliseconds");
    }

    /** With the time-outs that let every call be answered within 2.5 seconds, and pools that fit the machine. */
    public static DatabaseSettings of(String url, String user, @Nullable String password) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new DatabaseSettings(
                url,
                user,
                password,
                Math.max(8, 4 * cores),
                Math.max(2, cores),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                defaultTableBytes());
    }

    /** A quarter of the memory that this JVM may use for its heap. */
    public static long defaultTableBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    @Override
    public String toString() {
        return "%s as %s, %d + %d + 1 connections".formatted(url, user, poolSize, lookupPoolSize);
    }

    private static void requireAtLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The database's %s must be at least %d, not %d".formatted(what, least, value));
        }
    }

    private static void requireWholeSeconds(Duration value, String what) {
        if (value.isNegative() || value.isZero() || value.toMillis() % 1000 != 0) {
            throw new IllegalArgumentException(
                    "The database's %s must be a positive number of whole seconds, not %s".formatted(what, value));
        }
    }
}
