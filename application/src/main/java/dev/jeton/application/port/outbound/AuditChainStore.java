package dev.jeton.application.port.outbound;

import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores the audit chains of all tenants and the events pending for them. Stored rows may have been tampered with. Methods fail with
 * DATABASE_UNAVAILABLE if the store does not answer. Thread-safe.
 */
public interface AuditChainStore {

    /**
     * Runs {@code work} in one transaction under a lock shared by all replicas, so that no chain forks. Does not block, and is not blocked
     * by, callers that append events. Commits and rolls back as {@link Transactor} does.
     *
     * @return the result of the work; empty, without running it, if another holder has the lock
     */
    <T> Optional<T> tryWithLock(Function<Sealing, T> work);

    /** Returns the first tenant by id after {@code tenantId} that has events or a chain, be it purged; null starts at the first. */
    Optional<TenantId> tenantAfter(@Nullable TenantId tenantId);

    /** Returns the checkpoint at the end of the tenant's chain, purged links included. */
    ChainCheckpoint head(TenantId tenantId);

    /** Returns where the tenant's chain starts. */
    ChainStart start(TenantId tenantId);

    /** Returns at most {@code limit} links after a position, by position, each with its event. */
    List<Chained> chained(TenantId tenantId, long after, int limit);

    /** Returns at most {@code limit} of the tenant's events after {@code eventId}, by id; null starts at the first. */
    List<Recorded> recorded(TenantId tenantId, @Nullable AuditEventId eventId, int limit);

    /** Returns the first event by id that is pending but missing. */
    Optional<AuditEventId> lost(TenantId tenantId);

    /** Appends to chains and purges their oldest links. Valid only inside the work it is passed to. */
    interface Sealing {

        /** Returns at most {@code limit} pending events, each tenant's by id. */
        List<AuditEvent> pending(int limit);

        /** Returns the checkpoints of these tenants, without those that have no chain. */
        Map<TenantId, ChainCheckpoint> heads(Collection<TenantId> tenantIds);

        /** Stores links; their events are no longer pending. */
        void append(List<ChainLink> links);

        /** Returns where the tenant's chain starts. */
        ChainStart start(TenantId tenantId);

        /**
         * Returns the first links of the tenant's chain, at most {@code limit}, up to the first whose event is, by the store's clock, not older
         * than {@code retention}. A missing event counts as older.
         */
        List<Chained> expired(TenantId tenantId, Duration retention, int limit);

        /**
         * Removes the tenant's links up to a position, and their events. The chain then starts after them. Fails without removing anything if
         * one of these links or events is missing or, by the store's clock, not older than {@code retention}.
         *
         * @param retention at least a day
         */
        void purge(TenantId tenantId, long upTo, Duration retention);
    }

    /**
     * A link and its event.
     *
     * @param event null if it is missing or unreadable
     */
    record Chained(ChainLink link, @Nullable AuditEvent event) {}

    /**
     * A stored event.
     *
     * @param known whether it is in the chain or pending
     */
    record Recorded(AuditEventId eventId, boolean known) {}
}
