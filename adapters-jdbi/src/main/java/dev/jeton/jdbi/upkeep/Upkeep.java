package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.jdbi.sql.Transactions;

/** The ports of background work across tenants. Thread-safe. */
public final class Upkeep {
    private final Transactions transactions;

    public Upkeep(Transactions transactions) {
        this.transactions = transactions;
    }

    public UsageLog usageLog() {
        return new JdbiUsageLog(transactions);
    }

    public StoredDigests storedDigests() {
        return new JdbiStoredDigests(transactions);
    }

    public ChangeRecords changeRecords() {
        return new JdbiChangeRecords(transactions);
    }

    public RequestIds requestIds() {
        return new JdbiRequestIds(transactions);
    }

    public Tombstones tombstones() {
        return new JdbiTombstones(transactions);
    }
}
