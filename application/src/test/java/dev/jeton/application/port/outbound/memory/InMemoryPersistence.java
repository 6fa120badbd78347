package dev.jeton.application.port.outbound.memory;

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
import dev.jeton.application.port.outbound.contract.Persistence;
import java.time.InstantSource;

/** An in-memory store. Transactions run one after another. Thread-safe. */
public final class InMemoryPersistence implements Persistence {
    private final Store store = new Store();
    private final InstantSource clock;

    /** @param clock the store's clock, which gives the instant of a lookup */
    public InMemoryPersistence(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Transactor transactor() {
        return new InMemoryTransactor(store, clock);
    }

    @Override
    public TokenIssuance tokenIssuance() {
        return new InMemoryTokenIssuance(transactor());
    }

    @Override
    public TokenLookup tokenLookup() {
        return new InMemoryTokenLookup(store, clock);
    }

    @Override
    public UsageLog usageLog() {
        return new InMemoryUsageLog(store);
    }

    @Override
    public StoredDigests storedDigests() {
        return new InMemoryStoredDigests(store);
    }

    @Override
    public RequestIds requestIds() {
        return time -> store.change(
                state -> state.requests.values().removeIf(entry -> entry.time().isBefore(time)));
    }

    /** Does nothing: this store has no replicas that need change records. */
    @Override
    public ChangeRecords changeRecords() {
        return time -> {};
    }

    @Override
    public Tombstones tombstones() {
        return new InMemoryTombstones(store);
    }

    @Override
    public AuditChainStore auditChains() {
        return new InMemoryAuditChainStore(store, clock);
    }

    @Override
    public InstallationKeys installationKeys() {
        return (name, key) -> store.change(
                state -> state.keys.computeIfAbsent(name, absent -> key.clone()).clone());
    }

    public AuditBackdoor auditBackdoor() {
        return new AuditBackdoor(store);
    }
}
