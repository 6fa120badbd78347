package dev.jeton.application.port.inbound;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.user.User;

/**
 * Who the caller is.
 *
 * @param permissions the reserved scopes of the token that the call was made with
 */
public record Profile(User user, Tenant tenant, Scopes permissions) {}
