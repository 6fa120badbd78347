package dev.jeton.jdbi;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to connect to the database, and how long to wait for it. {@link #toString} omits the password.
 *
 * @param url {@code jdbc:postgresql://…}, without user and password; its parameters may only concern encryption, authentication, sockets and
 *     the choice among hosts
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

    /** Parameters of the URL that cannot break a promise. Jeton sets the others itself, and the driver ignores unknown ones. */
    private static final Set<String> URL_PARAMETERS = Set.of(
            "ApplicationName",
            "authenticationPluginClassName",
            "channelBinding",
            "gssEncMode",
            "gssResponseTimeout",
            "gssUseDefaultCreds",
            "gsslib",
            "hostRecheckSeconds",
            "jaasApplicationName",
            "jaasLogin",
            "kerberosServerName",
            "loadBalanceHosts",
            "localSocketAddress",
            "maxSendBufferSize",
            "pemKeyAlgorithm",
            "receiveBufferSize",
            "requireAuth",
            "scramMaxIterations",
            "sendBufferSize",
            "service",
            "socketFactory",
            "socketFactoryArg",
            "ssl",
            "sslNegotiation",
            "sslResponseTimeout",
            "sslcert",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslkey",
            "sslmode",
            "sslpasswordcallback",
            "sslrootcert",
            "sspiServiceClass",
            "tcpKeepAlive",
            "tcpNoDelay",
            "useSpnego");

    /** What the driver makes of host, port and database. */
    private static final Set<String> URL_ADDRESS =
            Set.of(PGProperty.PG_HOST.getName(), PGProperty.PG_PORT.getName(), PGProperty.PG_DBNAME.getName());

    private static final Map<String, String> REMEDIES = Map.of(
            "user", "use --db-user",
            "connectTimeout", "use --db-connect-timeout",
            "socketTimeout", "use --db-socket-timeout",
            "queryTimeout", "use --db-statement-timeout",
            "currentSchema", "Jeton uses the schema public",
            "targetServerType", "Jeton always looks for the primary");

    /** @throws IllegalArgumentException naming the wrong value and its valid range */
    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("The database URL must begin with jdbc:postgresql:");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new IllegalArgumentException("The database URL must not contain the password; set it separately");
        }
        requireAllowedParameters(url);
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

    private static void requireAllowedParameters(String url) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "The database URL cannot be parsed; write jdbc:postgresql://HOST:PORT/DATABASE");
        }
        Set<String> refused = new TreeSet<>(parsed.stringPropertyNames());
        refused.removeAll(URL_PARAMETERS);
        refused.removeAll(URL_ADDRESS);
        if (!refused.isEmpty()) {
            String first = refused.iterator().next();
            throw new IllegalArgumentException("The database URL must not set %s: %s"
                    .formatted(
                            String.join(", ", refused),
                            REMEDIES.getOrDefault(first, "Jeton sets what it needs itself; remove it")));
        }
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
