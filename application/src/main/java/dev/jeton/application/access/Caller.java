package dev.jeton.application.access;

import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated caller: the owner of the call's token, or the user that the owner acts as. A snapshot from the start of the call.
 *
 * @param tenantId the tenant of {@code userId}
 * @param userId the user whose permissions apply
 * @param role that user's current role, but never above the token owner's
 * @param scopes the scopes of the call's token
 * @param tokenId the call's token
 * @param actorId the token's owner; differs from {@code userId} only when acting as another user
 * @param callId null for verifications, which change nothing and leave no audit event
 */
public record Caller(
        TenantId tenantId,
        UserId userId,
        Role role,
        Scopes scopes,
        TokenId tokenId,
        UserId actorId,
        @Nullable CallId callId) {

    public static Caller of(VerifiedToken token) {
        return new Caller(
                token.tenantId(),
                token.ownerId(),
                token.ownerRole(),
                token.scopes(),
                token.tokenId(),
                token.ownerId(),
                null);
    }

    /** Returns a copy with the id of a call that may make changes. */
    public Caller inCall(CallId id) {
        return new Caller(tenantId, userId, role, scopes, tokenId, actorId, id);
    }

    /**
     * Returns a copy that acts as another user.
     *
     * @param asRole not above this caller's role
     */
    public Caller actingAs(TenantId otherTenantId, UserId otherId, Role asRole) {
        return new Caller(otherTenantId, otherId, asRole, scopes, tokenId, actorId, callId);
    }

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }
}
