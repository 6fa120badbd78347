package dev.jeton.application.port.inbound.user;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import org.jspecify.annotations.Nullable;

/**
 * Creates a user.
 *
 * @param tenantId null: the caller's
 * @param requestKey null: a repeated call creates another one
 */
public record CreateUser(
        @Nullable TenantId tenantId,
        Email email,
        PersonName displayName,
        Role role,
        @Nullable RequestKey requestKey) {}
