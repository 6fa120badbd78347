package dev.jeton.jdbi;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to the database, and how long to wait for it. {@link #toString} omits the password.
 *
 * @param url {@code jdbc:postgresql://…}, without a password; its parameters override those set here
 * @param password null if the server asks for none
 * @param poolSize connections for transactions
 * @param lookupPoolSize additional connections for loads by verification
 * @param connectTimeout whole seconds
 * @param socketTimeout how long the server may send nothing; whole seconds
 * @param statementTimeout limit of one statement
 * @param poolWait how long a transaction waits for a free connection
 * @param lookupTimeout replaces all of these for reads by verification; whole seconds
 * @param tableBytes approximate size of the verification cache
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

    /** @throws IllegalArgumentException naming the wrong value and its valid range */
    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("The database URL must begin with jdbc:postgresql:");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new IllegalArgumentException("The database URL must not contain the password; set it separately");
        }
        requireAtLeast(1, poolSize, "pool size");
        requireAtLeast(1, lookupPoolSize, "lookup pool size");
        requireWholeSeconds(connectTimeout, "connect timeout");
        requireWholeSeconds(socketTimeout, "socket timeout");
        requireWholeSeconds(lookupTimeout, "lookup timeout");
        requireAtLeast(1, statementTimeout.toMillis(), "statement timeout in milliseconds");
        requireAtLeast(1, tableBytes, "cache size in bytes");
        requireAtLeast(250, poolWait.toMillis(), "wait for a connection in milliseconds");
    }

    /** Returns the defaults: timeouts that answer every call within 2.5 seconds, and pools sized for the machine. */
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

    /** Returns a quarter of the maximum heap. */
    public static long defaultTableBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    @Override
    public String toString() {
        return "%s as %s, pools of %s and %s connections".formatted(url, user, poolSize, lookupPoolSize);
    }

    private static void requireAtLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The database's %s must be at least %s, not %s".formatted(what, least, value));
        }
    }

    private static void requireWholeSeconds(Duration value, String what) {
        if (value.isNegative() || value.isZero() || value.toMillis() % 1000 != 0) {
            throw new IllegalArgumentException(
                    "The database's %s must be a positive number of whole seconds, not %s".formatted(what, value));
        }
    }
}
