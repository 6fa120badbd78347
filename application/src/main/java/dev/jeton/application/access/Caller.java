package dev.jeton.application.access;

import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as it was when the call began: the owner of the token that the call was made with, or the user whom that owner acts as.
 *
 * @param tenantId of the one who is judged
 * @param userId the one who is judged
 * @param role what that one may do now, not when the token was made; never above the token's owner's
 * @param scopes the token's
 * @param tokenId the token that the call was made with
 * @param actorId that token's owner; {@code userId} unless it acts as somebody else
 * @param callId null where calls leave no trace: a verification changes nothing
 */
public record Caller(
        TenantId tenantId,
        UserId userId,
        Role role,
        Scopes scopes,
        TokenId tokenId,
        UserId actorId,
        @Nullable CallId callId) {

    public static Caller of(TokenFacts token) {
        return new Caller(
                token.tenantId(),
                token.ownerId(),
                token.ownerRole(),
                token.scopes(),
                token.tokenId(),
                token.ownerId(),
                null);
    }

    /** The same in a call that may change something. */
    public Caller inCall(CallId id) {
        return new Caller(tenantId, userId, role, scopes, tokenId, actorId, id);
    }

    /**
     * The same acting as another user.
     *
     * @param asRole not above this caller's
     */
    public Caller actingAs(TenantId otherTenantId, UserId otherId, Role asRole) {
        return new Caller(otherTenantId, otherId, asRole, scopes, tokenId, actorId, callId);
    }

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }
}
