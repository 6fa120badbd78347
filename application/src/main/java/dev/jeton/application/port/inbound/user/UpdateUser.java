package dev.jeton.application.port.inbound.user;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Updates a user; null keeps the current value.
 *
 * @param etag null: no check
 */
public record UpdateUser(
        UserId userId,
        @Nullable Email email,
        @Nullable PersonName displayName,
        @Nullable Role role,
        @Nullable Etag etag) {}
