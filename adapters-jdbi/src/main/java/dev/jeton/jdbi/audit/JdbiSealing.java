package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Seals events in one transaction that holds the sealing lock. */
final class JdbiSealing implements Sealing {
    private static final AuditEventRowMapper EVENTS = new AuditEventRowMapper();
    private static final ChainLinkRowMapper LINKS = new ChainLinkRowMapper();

    private final Handle handle;

    JdbiSealing(Handle handle) {
        this.handle = handle;
    }

    /** Skips rows, inserted by others, of unknown or already chained events: they must not block the chain. */
    @Override
    public List<AuditEvent> pending(int limit) {
        return handle.createQuery("SELECT " + AuditEventRowMapper.COLUMNS + """
                        FROM audit_pending p
                        JOIN audit_events e ON e.tenant_id = p.tenant_id AND e.event_id = p.event_id
                        WHERE NOT EXISTS (
                            SELECT FROM audit_chain c WHERE c.tenant_id = p.tenant_id AND c.event_id = p.event_id)
                        ORDER BY p.tenant_id, p.event_id
                        LIMIT :limit
                        """)
                .bind("limit", limit)
                .map(EVENTS)
                .list();
    }

    @Override
    public Map<TenantId, ChainCheckpoint> heads(Collection<TenantId> tenantIds) {
        return handle
                .createQuery("""
                        SELECT head.tenant_id, head.position, head.event_id, head.hash
                        FROM unnest(:tenantIds) AS wanted (tenant_id)
                        CROSS JOIN LATERAL (
                            SELECT c.tenant_id, c.position, c.event_id, c.hash FROM audit_chain c
                            WHERE c.tenant_id = wanted.tenant_id
                            ORDER BY c.position DESC
                            LIMIT 1) head
                        """)
                .bind("tenantIds", tenantIds.stream().map(TenantId::value).toArray(UUID[]::new))
                .map(LINKS)
                .stream()
                .collect(Collectors.toMap(ChainLink::tenantId, ChainCheckpoint::at));
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
}
