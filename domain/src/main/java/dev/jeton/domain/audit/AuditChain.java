package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Links the audit events of each tenant into a hash chain. Each hash covers an event, its position and the previous hash, so changing,
 * removing, swapping or inserting an event changes every later hash. {@link EventEncoding} defines the hashed bytes.
 */
public final class AuditChain {
    private AuditChain() {}

    /** Returns the link for an event that follows {@code head}. */
    public static ChainLink next(ChainCheckpoint head, AuditEvent event) {
        long position = head.count() + 1;
        ChainHash hash = EventEncoding.hash(head.head(), head.tenantId(), position, event);
        return new ChainLink(head.tenantId(), position, event.id(), hash);
    }

    /**
     * Returns the links for events of several tenants, in the order of {@code events}.
     *
     * @param heads the current heads; a tenant without one starts a new chain
     */
    public static List<ChainLink> extend(Map<TenantId, ChainCheckpoint> heads, List<AuditEvent> events) {
        Map<TenantId, ChainCheckpoint> growing = new HashMap<>(heads);
        List<ChainLink> links = new ArrayList<>();
        for (AuditEvent event : events) {
            TenantId tenantId = event.tenantId();
            ChainLink link = next(growing.getOrDefault(tenantId, ChainCheckpoint.empty(tenantId)), event);
            growing.put(tenantId, ChainCheckpoint.at(link));
            links.add(link);
        }
        return links;
    }
}
