package dev.jeton.application.port.inbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new token.
 *
 * @param tenantId null: the tenant of {@code userId}, or else the caller's
 * @param userId the owner; null: the caller
 * @param retry null: a repeated call makes another one
 */
public record CreateToken(
        @Nullable TenantId tenantId,
        @Nullable UserId userId,
        TokenDraft draft,
        @Nullable RequestKey retry) {

    public CreateToken(@Nullable TenantId tenantId, @Nullable UserId userId, TokenDraft draft) {
        this(tenantId, userId, draft, null);
    }
}
