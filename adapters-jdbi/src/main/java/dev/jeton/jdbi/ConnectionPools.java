package dev.jeton.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.jeton.jdbi.management.JdbiTokenIssuance;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.PostgresErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections. The driver, the pools and the server's parameters are configured here only. */
final class ConnectionPools {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPools.class);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
    private static final AtomicLong LAST_LOGGED = new AtomicLong(System.nanoTime() - LOG_INTERVAL.toNanos());
    private static final String APPLICATION_NAME = "jeton";
    private static final int HOUSEKEEPING_POOL_SIZE = 2;

    /** More connections are opened on demand and closed after ten idle minutes. */
    private static final int MIN_IDLE = 8;

    /** What a role or a database may have set otherwise. Values are in the server's base units, such as milliseconds. */
    private static final Map<String, String> EVERY_SESSION = Map.of(
            "search_path", "public",
            "synchronous_commit", "on",
            "row_security", "on",
            "lock_timeout", "0",
            // Schema descriptions are compared as text.
            "quote_all_identifiers", "off");

    /** Only a superuser may set it. Foreign keys are not enforced otherwise. */
    private static final Map<String, String> EXPECTED_ONLY = Map.of("session_replication_role", "origin");

    /**
     * Every statement looks up keys or reads one page in index order. With stale statistics the planner might scan or sort a table that has
     * grown. Compiling such short statements never pays off.
     */
    private static final Map<String, String> INDEX_SCANS_ONLY = Map.of(
            "enable_seqscan", "off",
            "enable_bitmapscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off",
            "enable_sort", "off",
            "enable_indexscan", "on",
            "enable_nestloop", "on",
            // Planning for each set of keys costs more than the lookup.
            "plan_cache_mode", "force_generic_plan",
            "jit", "off");

    private ConnectionPools() {}

    /** For management transactions. Connects in the background. */
    static HikariDataSource forTransactions(DatabaseSettings settings) {
        return pool(
                "jeton-transactions",
                settings.poolSize(),
                settings.poolWait(),
                transactions(settings, DatabaseRole.MANAGEMENT, ConnectionPools::logRefusal));
    }

    /** For tokens that are created together. */
    static HikariDataSource forIssuance(DatabaseSettings settings) {
        return pool(
                "jeton-issuance",
                JdbiTokenIssuance.THREADS,
                settings.poolWait(),
                transactions(settings, DatabaseRole.ISSUANCE, ConnectionPools::logRefusal));
    }

    /** For background work across tenants. */
    static HikariDataSource forHousekeeping(DatabaseSettings settings) {
        return pool(
                "jeton-housekeeping",
                HOUSEKEEPING_POOL_SIZE,
                settings.poolWait(),
                transactions(settings, DatabaseRole.HOUSEKEEPING, ConnectionPools::logRefusal));
    }

    /**
     * For the freshness reads of verification: connections of their own, so that nothing delays them. One is used at a time; if it is lost,
     * the reads go on with the other instead of waiting for a new one.
     */
    static HikariDataSource forFreshness(DatabaseSettings settings) {
        return pool("jeton-freshness", 2, settings.lookupTimeout(), lookups(settings, ConnectionPools::logRefusal));
    }

    /** For loading what verification has not cached. */
    static HikariDataSource forLoads(DatabaseSettings settings) {
        return pool(
                "jeton-loads",
                settings.lookupPoolSize(),
                settings.lookupTimeout(),
                lookups(settings, ConnectionPools::logRefusal));
    }

    /** Returns sources of connections as the pools open them, by role. */
    static Map<DatabaseRole, DataSource> unpooled(DatabaseSettings settings) {
        return Map.of(
                DatabaseRole.MANAGEMENT, transactions(settings, DatabaseRole.MANAGEMENT, refusal -> {}),
                DatabaseRole.ISSUANCE, transactions(settings, DatabaseRole.ISSUANCE, refusal -> {}),
                DatabaseRole.HOUSEKEEPING, transactions(settings, DatabaseRole.HOUSEKEEPING, refusal -> {}),
                DatabaseRole.VERIFICATION, lookups(settings, refusal -> {}));
    }

    /** For migrations: unpooled, as the login itself, and without timeouts, because a migration may take long. */
    static DataSource forMigrations(DatabaseSettings settings) {
        return source(
                settings,
                APPLICATION_NAME + "-migration",
                Map.of("role", "none", "statement_timeout", "0", "idle_in_transaction_session_timeout", "0"),
                refusal -> {});
    }

    /** Connects to any server in the URL, even to a standby, to find out why {@link #forMigrations} fails. Sessions are not verified. */
    static DataSource forDiagnosis(DatabaseSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        configure(source, settings, APPLICATION_NAME);
        return source;
    }

    private static VerifiedDataSource transactions(
            DatabaseSettings settings, DatabaseRole role, Consumer<UnsuitableSession> refusals) {
        Map<String, String> parameters = new HashMap<>(INDEX_SCANS_ONLY);
        parameters.put("role", role.roleName());
        parameters.put("statement_timeout", millis(settings.statementTimeout()));
        // A replica that stalls within a transaction must not hold its locks forever.
        parameters.put(
                "idle_in_transaction_session_timeout",
                millis(settings.statementTimeout().plus(settings.socketTimeout())));
        return timed(settings, settings.connectTimeout(), settings.socketTimeout(), parameters, refusals);
    }

    /** Each connection runs the same few statements, so they are prepared on first use. */
    private static VerifiedDataSource lookups(DatabaseSettings settings, Consumer<UnsuitableSession> refusals) {
        Duration timeout = settings.lookupTimeout();
        Map<String, String> parameters = new HashMap<>(INDEX_SCANS_ONLY);
        parameters.put("role", DatabaseRole.VERIFICATION.roleName());
        parameters.put("statement_timeout", millis(timeout));
        VerifiedDataSource source = timed(settings, timeout, timeout, parameters, refusals);
        source.setPrepareThreshold(1);
        return source;
    }

    private static VerifiedDataSource timed(
            DatabaseSettings settings,
            Duration connect,
            Duration socket,
            Map<String, String> parameters,
            Consumer<UnsuitableSession> refusals) {
        VerifiedDataSource source = source(settings, APPLICATION_NAME, parameters, refusals);
        source.setConnectTimeout(Math.toIntExact(connect.toSeconds()));
        source.setSocketTimeout(Math.toIntExact(socket.toSeconds()));
        return source;
    }

    private static VerifiedDataSource source(
            DatabaseSettings settings,
            String applicationName,
            Map<String, String> parameters,
            Consumer<UnsuitableSession> refusals) {
        Map<String, String> sent = new HashMap<>(EVERY_SESSION);
        sent.putAll(parameters);
        Map<String, String> expected = new HashMap<>(sent);
        expected.putAll(EXPECTED_ONLY);
        VerifiedDataSource source = new VerifiedDataSource(expected, refusals);
        configure(source, settings, applicationName);
        source.setTargetServerType("primary");
        source.setOptions(sent.entrySet().stream()
                .map(parameter -> "-c %s=%s".formatted(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining(" ")));
        return source;
    }

    private static void configure(PGSimpleDataSource source, DatabaseSettings settings, String applicationName) {
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        if (!settings.url().contains(PGProperty.APPLICATION_NAME.getName() + "=")) {
            source.setApplicationName(applicationName);
        }
        source.setTcpKeepAlive(true);
        // The detail of a constraint violation contains the row, hashes included.
        source.setLogServerErrorDetail(false);
    }

    private static HikariDataSource pool(String name, int size, Duration wait, DataSource connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connections);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, MIN_IDLE));
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(Math.max(250, wait.toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new EvictReadOnly());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    /** The pool tells only its callers, who answer UNAVAILABLE, and keeps trying. */
    private static void logRefusal(UnsuitableSession refusal) {
        long now = System.nanoTime();
        long last = LAST_LOGGED.get();
        if (now - last >= LOG_INTERVAL.toNanos() && LAST_LOGGED.compareAndSet(last, now)) {
            LOG.error("{}", refusal.getMessage());
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Drops connections to a server that is no longer the primary; a new connection finds the current one. */
    private static final class EvictReadOnly implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return PostgresErrors.isReadOnly(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
