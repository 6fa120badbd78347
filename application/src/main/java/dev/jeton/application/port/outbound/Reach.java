package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.util.Optional;

/** Where a look-up by id may find something. What is elsewhere is neither found nor locked. */
public sealed interface Reach {

    static Reach of(TenantId tenantId) {
        return new OneTenant(tenantId);
    }

    /** Returns the tenant; empty if it is the one that the id belongs to. */
    default Optional<TenantId> tenantId() {
        return Optional.empty();
    }

    /** Everything of one tenant. */
    record OneTenant(TenantId id) implements Reach {
        @Override
        public Optional<TenantId> tenantId() {
            return Optional.of(id);
        }
    }

    /** One tenant, but only those of its tokens that one user owns. */
    record OwnTokens(TenantId id, UserId ownerId) implements Reach {
        @Override
        public Optional<TenantId> tenantId() {
            return Optional.of(id);
        }
    }

    /** Everything of every tenant. Only for operators. */
    record EveryTenant() implements Reach {}
}
