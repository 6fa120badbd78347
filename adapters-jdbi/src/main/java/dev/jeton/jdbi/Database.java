package dev.jeton.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.jdbi.audit.JdbiAuditChainStore;
import dev.jeton.jdbi.management.JdbiTokenIssuance;
import dev.jeton.jdbi.management.JdbiTransactor;
import dev.jeton.jdbi.sql.PostgresTypes;
import dev.jeton.jdbi.sql.TransactionTimer;
import dev.jeton.jdbi.sql.Transactions;
import dev.jeton.jdbi.upkeep.Upkeep;
import dev.jeton.jdbi.verification.JdbiTokenLookup;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The outbound ports on one PostgreSQL database, with the connections and threads behind them. The schema must be up to date (see
 * {@link SchemaMigrator}). Opening does not need the database: while it is unreachable, calls fail with DATABASE_UNAVAILABLE.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {
    /** No caller waits for housekeeping. */
    private static final Duration HOUSEKEEPING_LIMIT = Duration.ofMinutes(1);

    private final TransactionTimer timer = new TransactionTimer();
    private final HikariDataSource transactionPool;
    private final HikariDataSource issuancePool;
    private final HikariDataSource housekeepingPool;
    private final HikariDataSource freshnessPool;
    private final HikariDataSource loadPool;
    private final Transactions transactions;
    private final Transactions housekeeping;
    private final JdbiTokenIssuance tokenIssuance;
    private final Upkeep upkeep;
    private final JdbiTokenLookup tokenLookup;

    public Database(DatabaseSettings settings) {
        transactionPool = ConnectionPools.forTransactions(settings);
        issuancePool = ConnectionPools.forIssuance(settings);
        housekeepingPool = ConnectionPools.forHousekeeping(settings);
        freshnessPool = ConnectionPools.forFreshness(settings);
        loadPool = ConnectionPools.forLoads(settings);
        // One statement may use all of its time; the others are quick.
        Duration limit = settings.statementTimeout().multipliedBy(11).dividedBy(10);
        transactions = new Transactions(jdbi(transactionPool), timer, limit);
        tokenIssuance = new JdbiTokenIssuance(new Transactions(jdbi(issuancePool), timer, limit));
        housekeeping = new Transactions(jdbi(housekeepingPool), timer, HOUSEKEEPING_LIMIT);
        upkeep = new Upkeep(housekeeping);
        // A lookup may wait for a connection and then for the answer; the rest is for handing it to the caller.
        tokenLookup = new JdbiTokenLookup(
                jdbi(freshnessPool),
                jdbi(loadPool),
                settings.lookupPoolSize(),
                settings.tableBytes(),
                settings.lookupTimeout().multipliedBy(9).dividedBy(5));
    }

    public Transactor transactor() {
        return new JdbiTransactor(transactions);
    }

    public TokenIssuance tokenIssuance() {
        return tokenIssuance;
    }

    public TokenLookup tokenLookup() {
        return tokenLookup;
    }

    public UsageLog usageLog() {
        return upkeep.usageLog();
    }

    public StoredDigests storedDigests() {
        return upkeep.storedDigests();
    }

    public ChangeRecords changeRecords() {
        return upkeep.changeRecords();
    }

    public RequestIds requestIds() {
        return upkeep.requestIds();
    }

    public Tombstones tombstones() {
        return upkeep.tombstones();
    }

    public AuditChainStore auditChains() {
        return new JdbiAuditChainStore(housekeeping);
    }

    public InstallationKeys installationKeys() {
        return new JdbiInstallationKeys(housekeeping);
    }

    /** Visible for tests. */
    Transactions transactions() {
        return transactions;
    }

    /** Waits for lookups in progress. Transactions must have ended. */
    @Override
    public void close() {
        tokenIssuance.close();
        tokenLookup.close();
        freshnessPool.close();
        loadPool.close();
        housekeepingPool.close();
        issuancePool.close();
        transactionPool.close();
        timer.close();
    }

    static Jdbi jdbi(DataSource connections) {
        return Jdbi.create(connections).installPlugin(new PostgresTypes());
    }
}
