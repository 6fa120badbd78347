package dev.jeton.application.port.outbound;

import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chains of all tenants' audit events, and the events that are yet to be chained. What it reads may have been tampered with.
 * Thread-safe. DATABASE_UNAVAILABLE when the store does not answer.
 */
public interface AuditChainStore {

    /**
     * Runs {@code work} in one transaction, and never twice at the same time, on whatever replica: so no chain forks. Callers who append
     * events do not wait for it, nor it for them. Commits and rolls back as {@link Transactor} does.
     *
     * @return what the work returned; empty, and nothing done, if somebody else is at it
     */
    <T> Optional<T> exclusively(Function<Sealing, T> work);

    /** The first tenant by id that has left events or a chain, of those after {@code tenantId}; null: of all. */
    Optional<TenantId> tenantAfter(@Nullable TenantId tenantId);

    /** The last link of the tenant's chain. */
    ChainCheckpoint head(TenantId tenantId);

    /** At most {@code limit} links after that position, by position, each with its event. */
    List<Chained> chained(TenantId tenantId, long after, int limit);

    /** At most {@code limit} of the tenant's events after {@code eventId} (null: from the first), by id. */
    List<Recorded> recorded(TenantId tenantId, @Nullable AuditEventId eventId, int limit);

    /** The first event by id that waits to be chained but is not there. */
    Optional<AuditEventId> lost(TenantId tenantId);

    /** Valid inside its work only. */
    interface Sealing {

        /** At most {@code limit} events that wait to be chained, each tenant's by id. */
        List<AuditEvent> pending(int limit);

        /** The last links of these tenants' chains, where there are any. */
        Map<TenantId, ChainCheckpoint> heads(Collection<TenantId> tenantIds);

        /** Stores links; their events wait no longer. */
        void append(List<ChainLink> links);
    }

    /**
     * A link and its event.
     *
     * @param event null: it is not there, or no event any more
     */
    record Chained(ChainLink link, @Nullable AuditEvent event) {}

    /**
     * An event that is there.
     *
     * @param known whether it is in the chain, or waits to be
     */
    record Recorded(AuditEventId eventId, boolean known) {}
}
