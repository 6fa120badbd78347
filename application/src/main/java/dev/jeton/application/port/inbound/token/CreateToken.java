package dev.jeton.application.port.inbound.token;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Issues a token.
 *
 * @param tenantId null: the tenant of {@code userId}, or the caller's if that is null too
 * @param userId the owner; null: the caller
 * @param requestKey null: a repeated call creates another one
 */
public record CreateToken(
        @Nullable TenantId tenantId,
        @Nullable UserId userId,
        TokenDraft draft,
        @Nullable RequestKey requestKey) {}
