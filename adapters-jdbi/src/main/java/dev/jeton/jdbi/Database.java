package dev.jeton.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The outbound ports on one PostgreSQL database whose schema is up to date (see {@link SchemaMigrator}), and the connections and threads
 * behind them. Opening it does not need the database to be there: until it is, every call is refused with DATABASE_UNAVAILABLE.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {
    /** Nobody waits for it. */
    private static final Duration HOUSEKEEPING_LIMIT = Duration.ofMinutes(1);

    private final TransactionTimer timer = new TransactionTimer();
    private final HikariDataSource transactions;
    private final HikariDataSource housekeeping;
    private final HikariDataSource freshness;
    private final HikariDataSource loads;
    private final JdbiTransactor transactor;
    private final JdbiTransactor housekeeper;
    private final JdbiTokenLookup tokenLookup;

    public Database(DatabaseSettings settings) {
        transactions = ConnectionPools.forTransactions(settings);
        housekeeping = ConnectionPools.forHousekeeping(settings);
        freshness = ConnectionPools.forFreshness(settings);
        loads = ConnectionPools.forLoads(settings);
        // The statement that takes longest, and a little for the others.
        Duration limit = settings.statementTimeout().multipliedBy(11).dividedBy(10);
        transactor = new JdbiTransactor(jdbi(transactions), timer, limit);
        housekeeper = new JdbiTransactor(jdbi(housekeeping), timer, HOUSEKEEPING_LIMIT);
        // A look may have to wait for a connection and then for the answer, less a little for telling its caller.
        tokenLookup = new JdbiTokenLookup(
                jdbi(freshness),
                jdbi(loads),
                settings.lookupPoolSize(),
                new TokenTable(settings.tableBytes()),
                settings.lookupTimeout().multipliedBy(9).dividedBy(5));
    }

    public Transactor transactor() {
        return transactor;
    }

    public TokenLookup tokenLookup() {
        return tokenLookup;
    }

    public UsageLog usageLog() {
        return new JdbiUsageLog(housekeeper);
    }

    public StoredDigests storedDigests() {
        return new JdbiStoredDigests(housekeeper);
    }

    public ChangeRecords changeRecords() {
        return new JdbiChangeRecords(housekeeper);
    }

    public RequestIds requestIds() {
        return new JdbiRequestIds(housekeeper);
    }

    public Tombstones tombstones() {
        return new JdbiTombstones(housekeeper);
    }

    public AuditChainStore auditChains() {
        return new JdbiAuditChainStore(housekeeper);
    }

    public JdbiInstallationKeys installationKeys() {
        return new JdbiInstallationKeys(housekeeper);
    }

    /** Waits for looks that have begun; transactions must have ended. */
    @Override
    public void close() {
        tokenLookup.close();
        freshness.close();
        loads.close();
        housekeeping.close();
        transactions.close();
        timer.close();
    }

    static Jdbi jdbi(DataSource connections) {
        return Jdbi.create(connections).installPlugin(new PostgresTypes());
    }
}
