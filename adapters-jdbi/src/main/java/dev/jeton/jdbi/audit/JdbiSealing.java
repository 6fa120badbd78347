package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Seals and purges events in one transaction that holds the sealing lock. */
final class JdbiSealing implements Sealing {
    private static final AuditEventRowMapper EVENTS = new AuditEventRowMapper();
    private static final ChainCheckpointRowMapper CHECKPOINTS = new ChainCheckpointRowMapper();
    private static final ChainedRowMapper CHAINED = new ChainedRowMapper();

    /** Before all keys. */
    private static final Key FIRST = new Key(new UUID(0, 0), new UUID(0, 0));

    private final Handle handle;

    JdbiSealing(Handle handle) {
        this.handle = handle;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Skips rows, inserted by others, of unknown or already chained events: they must not block the chain.
     */
    @Override
    public List<AuditEvent> pending(int limit) {
        List<AuditEvent> events = new ArrayList<>();
        List<Key> keys = keysAfter(FIRST, limit);
        while (!keys.isEmpty()) {
            events.addAll(unsealed(keys));
            int missing = limit - events.size();
            keys = missing > 0 && keys.size() == limit ? keysAfter(keys.get(limit - 1), limit) : List.of();
        }
        return events.subList(0, Math.min(limit, events.size()));
    }

    private List<Key> keysAfter(Key after, int limit) {
        return handle.createQuery("""
                        SELECT tenant_id, event_id FROM audit_pending
                        WHERE (tenant_id, event_id) > (:tenantId, :eventId)
                        ORDER BY tenant_id, event_id
                        LIMIT :limit
                        """)
                .bind("tenantId", after.tenantId())
                .bind("eventId", after.eventId())
                .bind("limit", limit)
                .map((row, context) -> new Key(Columns.uuid(row, "tenant_id"), Columns.uuid(row, "event_id")))
                .list();
    }

    /** Looks each event up by its key: OFFSET keeps the planner from a join, which could read all events. */
    private List<AuditEvent> unsealed(List<Key> keys) {
        return handle.createQuery("SELECT " + AuditEventRowMapper.COLUMNS + """
                        FROM unnest(:tenantIds, :eventIds) WITH ORDINALITY AS p (tenant_id, event_id, place)
                        CROSS JOIN LATERAL (
                            SELECT * FROM audit_events e
                            WHERE e.tenant_id = p.tenant_id AND e.event_id = p.event_id AND NOT EXISTS (
                                SELECT FROM audit_chain c WHERE c.tenant_id = p.tenant_id AND c.event_id = p.event_id OFFSET 0)
                            OFFSET 0) e
                        ORDER BY p.place
                        """)
                .bind("tenantIds", Columns.column(keys, UUID[]::new, Key::tenantId))
                .bind("eventIds", Columns.column(keys, UUID[]::new, Key::eventId))
                .map(EVENTS)
                .list();
    }

    private record Key(UUID tenantId, UUID eventId) {}

    @Override
    public Map<TenantId, ChainCheckpoint> heads(Collection<TenantId> tenantIds) {
        return handle
                .createQuery(ChainCheckpointRowMapper.HEADS)
                .bind("tenantIds", tenantIds.stream().map(TenantId::value).toArray(UUID[]::new))
                .map(CHECKPOINTS)
                .stream()
                .collect(Collectors.toMap(ChainCheckpoint::tenantId, Function.identity()));
    }

    @Override
    public void append(List<ChainLink> links) {
        handle.createUpdate("""
                        WITH sealed AS (
                            INSERT INTO audit_chain (tenant_id, position, event_id, hash)
                            SELECT tenant_id, position, event_id, decode(hash, 'hex')
                            FROM unnest(:tenantIds, :positions, :eventIds, :hashes)
                                AS link (tenant_id, position, event_id, hash)
                            RETURNING tenant_id, event_id)
                        DELETE FROM audit_pending p
                        USING sealed s
                        WHERE p.tenant_id = s.tenant_id AND p.event_id = s.event_id
                        """)
                .bind(
                        "tenantIds",
                        links.stream().map(link -> link.tenantId().value()).toArray(UUID[]::new))
                .bind("positions", links.stream().map(ChainLink::position).toArray(Long[]::new))
                .bind(
                        "eventIds",
                        links.stream().map(link -> link.eventId().value()).toArray(UUID[]::new))
                .bind(
                        "hashes",
                        links.stream().map(link -> link.hash().toString()).toArray(String[]::new))
                .execute();
    }

    @Override
    public ChainStart start(TenantId tenantId) {
        return JdbiAuditChainStore.start(handle, tenantId);
    }

    @Override
    public List<Chained> expired(TenantId tenantId, Duration retention, int limit) {
        return handle
                .createQuery("SELECT (e.create_time < now() - :seconds * INTERVAL '1 second') IS NOT FALSE AS expired, "
                        + ChainedRowMapper.COLUMNS_AND_TABLES + """
                        WHERE c.tenant_id = :tenantId
                          AND c.position > coalesce(
                              (SELECT k.position FROM audit_checkpoints k WHERE k.tenant_id = :tenantId), 0)
                        ORDER BY c.position
                        LIMIT :limit
                        """)
                .bind("tenantId", tenantId.value())
                .bind("seconds", retention.toSeconds())
                .bind("limit", limit)
                .map((row, context) ->
                        row.getBoolean("expired") ? Optional.of(CHAINED.map(row, context)) : Optional.<Chained>empty())
                .stream()
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toList();
    }

    /** Housekeeping may call this function, but not delete from the tables; see migration V12. */
    @Override
    public void purge(TenantId tenantId, long upTo, Duration retention) {
        handle.createQuery("SELECT jeton_purge_audit_events(:tenantId, :upTo, :seconds * INTERVAL '1 second')")
                .bind("tenantId", tenantId.value())
                .bind("upTo", upTo)
                .bind("seconds", retention.toSeconds())
                .mapTo(Long.class)
                .one();
    }
}
