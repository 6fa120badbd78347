package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chains the audit events of each tenant: every hash covers an event, its place and the hash before it, so that whoever changes, removes,
 * swaps or inserts an event must change every hash from there on, and the last one shows it. See {@link EventEncoding} for what is hashed.
 */
public final class AuditChain {
    private AuditChain() {}

    /** The link for an event that comes after {@code head}. */
    public static ChainLink next(ChainCheckpoint head, AuditEvent event) {
        long position = head.count() + 1;
        ChainHash hash = EventEncoding.hash(head.head(), head.tenantId(), position, event);
        return new ChainLink(head.tenantId(), position, event.id(), hash);
    }

    /**
     * The links for events of several tenants, each after the ones before it.
     *
     * @param heads of the chains that there are
     */
    public static List<ChainLink> extend(Map<TenantId, ChainCheckpoint> heads, List<AuditEvent> events) {
        Map<TenantId, ChainCheckpoint> growing = new HashMap<>(heads);
        List<ChainLink> links = new ArrayList<>();
        for (AuditEvent event : events) {
            TenantId tenantId = event.tenantId();
            ChainLink link = next(growing.getOrDefault(tenantId, ChainCheckpoint.none(tenantId)), event);
            growing.put(tenantId, ChainCheckpoint.at(link));
            links.add(link);
        }
        return links;
    }
}
