package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;

/**
 * What a tenant's chain was like once. Kept where nobody who can write to the database can write to, it shows whether the chain up to
 * there is still the same.
 *
 * @param count of links
 * @param head the hash of the last one; {@link ChainHash#NONE} if there is none
 */
public record ChainCheckpoint(TenantId tenantId, long count, ChainHash head) {

    /** Of a chain that has no link yet. */
    public static ChainCheckpoint none(TenantId tenantId) {
        return new ChainCheckpoint(tenantId, 0, ChainHash.NONE);
    }

    public static ChainCheckpoint at(ChainLink link) {
        return new ChainCheckpoint(link.tenantId(), link.position(), link.hash());
    }
}
