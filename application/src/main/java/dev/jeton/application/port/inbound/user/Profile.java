package dev.jeton.application.port.inbound.user;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.user.User;

/**
 * The caller's own user and tenant.
 *
 * @param permissions the reserved scopes of the call's token
 */
public record Profile(User user, Tenant tenant, Scopes permissions) {}
