package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;

/**
 * The length and last hash of a tenant's chain at one moment. Stored out of reach of the database's writers, it proves that the chain
 * up to that point is unchanged.
 *
 * @param count the number of links
 * @param head the hash of the last link; {@link ChainHash#ZERO} for an empty chain
 */
public record ChainCheckpoint(TenantId tenantId, long count, ChainHash head) {

    /** Returns the checkpoint of an empty chain. */
    public static ChainCheckpoint empty(TenantId tenantId) {
        return new ChainCheckpoint(tenantId, 0, ChainHash.ZERO);
    }

    public static ChainCheckpoint at(ChainLink link) {
        return new ChainCheckpoint(link.tenantId(), link.position(), link.hash());
    }
}
