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

/** Opens connections; the one place where the driver, the pool and the server's parameters are set. */
final class ConnectionPools {
    private static final String APPLICATION_NAME = "jeton";
    private static final int HOUSEKEEPING_POOL_SIZE = 2;

    /** Kept open; more are opened when they are needed, and closed when they have not been for ten minutes. */
    private static final int USUALLY_ENOUGH = 8;

    /**
     * Every statement goes by keys or reads one page in the order of an index. A planner that believes in statistics of yesterday must not
     * come upon scanning or sorting a table that has grown since; compiling such statements never pays either.
     */
    private static final Map<String, Object> BY_INDEX_ALONE = Map.of(
            "enable_seqscan", "off",
            "enable_bitmapscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off",
            "enable_sort", "off",
            // Planning anew for each set of keys costs more than the look-up.
            "plan_cache_mode", "force_generic_plan",
            "jit", "off");

    private ConnectionPools() {}

    /** For the transactions of management calls. Opens no connection before the first is needed or the pool gets to it. */
    static HikariDataSource forTransactions(DatabaseSettings settings) {
        return transactions(settings, "jeton-transactions", DatabaseRole.MANAGEMENT, settings.poolSize());
    }

    /** For what is done now and then, across tenants. */
    static HikariDataSource forHousekeeping(DatabaseSettings settings) {
        return transactions(settings, "jeton-housekeeping", DatabaseRole.HOUSEKEEPING, HOUSEKEEPING_POOL_SIZE);
    }

    private static HikariDataSource transactions(DatabaseSettings settings, String name, DatabaseRole role, int size) {
        Map<String, Object> parameters = new TreeMap<>(BY_INDEX_ALONE);
        parameters.put("role", role.roleName());
        parameters.put("statement_timeout", settings.statementTimeout().toMillis());
        // A replica that stops in the middle of a transaction must not hold its locks for ever.
        parameters.put(
                "idle_in_transaction_session_timeout",
                settings.statementTimeout().plus(settings.socketTimeout()).toMillis());
        Properties driver = driverProperties(settings.connectTimeout(), settings.socketTimeout(), parameters);
        return pool(settings, name, size, settings.poolWait(), driver);
    }

    /** For the freshness reads of verification: one connection of its own, so that nothing holds them up. */
    static HikariDataSource forFreshness(DatabaseSettings settings) {
        return lookups(settings, "jeton-freshness", 1);
    }

    /** For what verification loads. */
    static HikariDataSource forLoads(DatabaseSettings settings) {
        return lookups(settings, "jeton-loads", settings.lookupPoolSize());
    }

    /** Always the same few statements, one at a time on each connection. */
    private static HikariDataSource lookups(DatabaseSettings settings, String name, int size) {
        Duration timeout = settings.lookupTimeout();
        Map<String, Object> parameters = new TreeMap<>(BY_INDEX_ALONE);
        parameters.put("role", DatabaseRole.VERIFICATION.roleName());
        parameters.put("statement_timeout", timeout.toMillis());
        Properties driver = driverProperties(timeout, timeout, parameters);
        PGProperty.PREPARE_THRESHOLD.set(driver, 1);
        return pool(settings, name, size, timeout, driver);
    }

    /** For migrations, which may take long: each connection is a new one, without the time-outs of the others. */
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
        config.setMinimumIdle(Math.min(size, USUALLY_ENOUGH));
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(Math.max(250, wait.toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new ReadOnlyIsGone());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setDataSourceProperties(driver);
        return new HikariDataSource(config);
    }

    /** A connection to what is no longer the primary would only refuse the next change too; a new one finds the primary. */
    private static final class ReadOnlyIsGone implements SQLExceptionOverride {

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
        // The detail of a refused row would put its values, hashes included, into messages and logs.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(driver, false);
        PGProperty.OPTIONS.set(
                driver,
                parameters.entrySet().stream()
                        .map(setting -> "-c %s=%s".formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining(" ")));
        return driver;
    }
}
