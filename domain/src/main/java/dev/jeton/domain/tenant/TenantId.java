package dev.jeton.domain.tenant;

import java.util.UUID;

/** Identifies a tenant. */
public record TenantId(UUID value) {

    /** The tenant of the operators who run the service. */
    public static final TenantId SYSTEM = new TenantId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

    public boolean isSystem() {
        return equals(SYSTEM);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
