package dev.jeton.application.access;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;

/**
 * Who is calling: the owner of the token that the call was made with, as it was when the call began.
 *
 * @param role the owner's role now, not when the token was made
 * @param scopes the token's
 */
public record Caller(TenantId tenantId, UserId userId, TokenId tokenId, Role role, Scopes scopes) {

    public static Caller of(TokenFacts token) {
        return new Caller(token.tenantId(), token.ownerId(), token.tokenId(), token.ownerRole(), token.scopes());
    }
}
