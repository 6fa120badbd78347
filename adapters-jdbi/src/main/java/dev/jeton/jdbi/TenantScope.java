package dev.jeton.jdbi;

import dev.jeton.domain.tenant.TenantId;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one transaction of management calls, which shows one tenant at a time: PostgreSQL itself hides all others (row-level
 * security, see V3), whatever a statement asks for. Valid as long as its handle; not thread-safe.
 */
final class TenantScope {
    private final Handle handle;
    private @Nullable TenantId shown;

    TenantScope(Handle handle) {
        this.handle = handle;
    }

    /** The connection with that tenant's rows, and no others. */
    Handle of(TenantId tenantId) {
        if (!tenantId.equals(shown)) {
            handle.createQuery("SELECT set_config('jeton.tenant_id', :tenantId, true)")
                    .bind("tenantId", tenantId.toString())
                    .mapTo(String.class)
                    .one();
            shown = tenantId;
        }
        return handle;
    }

    /** What {@code look} finds among all tenants' rows; it can only read. */
    <T> T acrossTenants(Function<Handle, T> look) {
        handle.execute("SET LOCAL ROLE " + DatabaseRole.DIRECTORY.roleName());
        T found = look.apply(handle);
        handle.execute("SET LOCAL ROLE " + DatabaseRole.MANAGEMENT.roleName());
        return found;
    }
}
