package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;

/**
 * One event's place in the audit chain of its tenant.
 *
 * @param position from 1, without gaps
 * @param hash of the event, its place and the hash before it; see {@link AuditChain}
 */
public record ChainLink(TenantId tenantId, long position, AuditEventId eventId, ChainHash hash) {}
