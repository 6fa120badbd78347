package dev.jeton.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.PostgresErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections. The driver, the pools and the server's parameters are configured here only. */
final class ConnectionPools {
    private static final String APPLICATION_NAME = "jeton";
    private static final int HOUSEKEEPING_POOL_SIZE = 2;

    /** More connections are opened on demand and closed after ten idle minutes. */
    private static final int MIN_IDLE = 8;

    /**
     * Every statement looks up keys or reads one page in index order. With stale statistics the planner might scan or sort a table that has
     * grown. Compiling such short statements never pays off.
     */
    private static final Map<String, Object> INDEX_SCANS_ONLY = Map.of(
            "enable_seqscan", "off",
            "enable_bitmapscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off",
            "enable_sort", "off",
            // Planning for each set of keys costs more than the lookup.
            "plan_cache_mode", "force_generic_plan",
            "jit", "off");

    private ConnectionPools() {}

    /** For management transactions. Connects in the background. */
    static HikariDataSource forTransactions(DatabaseSettings settings) {
        return transactions(settings, "jeton-transactions", DatabaseRole.MANAGEMENT, settings.poolSize());
    }

    /** For background work across tenants. */
    static HikariDataSource forHousekeeping(DatabaseSettings settings) {
        return transactions(settings, "jeton-housekeeping", DatabaseRole.HOUSEKEEPING, HOUSEKEEPING_POOL_SIZE);
    }

    private static HikariDataSource transactions(DatabaseSettings settings, String name, DatabaseRole role, int size) {
        Map<String, Object> parameters = new TreeMap<>(INDEX_SCANS_ONLY);
        parameters.put("role", role.roleName());
        parameters.put("statement_timeout", settings.statementTimeout().toMillis());
        // A replica that stalls within a transaction must not hold its locks forever.
        parameters.put(
                "idle_in_transaction_session_timeout",
                settings.statementTimeout().plus(settings.socketTimeout()).toMillis());
        Properties driver = driverProperties(settings.connectTimeout(), settings.socketTimeout(), parameters);
        return pool(settings, name, size, settings.poolWait(), driver);
    }

    /**
     * For the freshness reads of verification: connections of their own, so that nothing delays them. One is used at a time; if it is lost,
     * the reads go on with the other instead of waiting for a new one.
     */
    static HikariDataSource forFreshness(DatabaseSettings settings) {
        return lookups(settings, "jeton-freshness", 2);
    }

    /** For loading what verification has not cached. */
    static HikariDataSource forLoads(DatabaseSettings settings) {
        return lookups(settings, "jeton-loads", settings.lookupPoolSize());
    }

    /** Each connection runs the same few statements, so they are prepared on first use. */
    private static HikariDataSource lookups(DatabaseSettings settings, String name, int size) {
        Duration timeout = settings.lookupTimeout();
        Map<String, Object> parameters = new TreeMap<>(INDEX_SCANS_ONLY);
        parameters.put("role", DatabaseRole.VERIFICATION.roleName());
        parameters.put("statement_timeout", timeout.toMillis());
        Properties driver = driverProperties(timeout, timeout, parameters);
        PGProperty.PREPARE_THRESHOLD.set(driver, 1);
        return pool(settings, name, size, timeout, driver);
    }

    /** For migrations: unpooled, and without timeouts, because a migration may take long. */
    static PGSimpleDataSource forMigrations(DatabaseSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName(APPLICATION_NAME + "-migration");
        source.setLogServerErrorDetail(false);
        return source;
    }

    private static HikariDataSource pool(
            DatabaseSettings settings, String name, int size, Duration wait, Properties driver) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, MIN_IDLE));
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(Math.max(250, wait.toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new EvictReadOnly());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setDataSourceProperties(driver);
        return new HikariDataSource(config);
    }

    /** Drops connections to a server that is no longer the primary; a new connection finds the current one. */
    private static final class EvictReadOnly implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return PostgresErrors.isReadOnly(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    private static Properties driverProperties(Duration connect, Duration socket, Map<String, Object> parameters) {
        Properties driver = new Properties();
        PGProperty.APPLICATION_NAME.set(driver, APPLICATION_NAME);
        PGProperty.CONNECT_TIMEOUT.set(driver, Math.toIntExact(connect.toSeconds()));
        PGProperty.SOCKET_TIMEOUT.set(driver, Math.toIntExact(socket.toSeconds()));
        PGProperty.TCP_KEEP_ALIVE.set(driver, true);
        PGProperty.REWRITE_BATCHED_INSERTS.set(driver, true);
        PGProperty.TARGET_SERVER_TYPE.set(driver, "primary");
        // The detail of a constraint violation contains the row, hashes included.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(driver, false);
        PGProperty.OPTIONS.set(
                driver,
                parameters.entrySet().stream()
                        .map(setting -> "-c %s=%s".formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining(" ")));
        return driver;
    }
}
