package dev.jeton.application.port.inbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new user.
 *
 * @param tenantId null: the caller's
 * @param retry null: a repeated call makes another one
 */
public record CreateUser(
        @Nullable TenantId tenantId,
        Email email,
        PersonName displayName,
        Role role,
        @Nullable RequestKey retry) {

    public CreateUser(@Nullable TenantId tenantId, Email email, PersonName displayName, Role role) {
        this(tenantId, email, displayName, role, null);
    }
}
