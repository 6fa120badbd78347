package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;

/**
 * An event's place in the audit chain of its tenant.
 *
 * @param position starts at 1, without gaps
 * @param hash covers the event, its position and the previous hash; see {@link AuditChain}
 */
public record ChainLink(TenantId tenantId, long position, AuditEventId eventId, ChainHash hash) {}
