package dev.jeton.application.port.inbound.token;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Issues and manages tokens. Every method can fail with PERMISSION_DENIED, TENANT_NOT_FOUND, USER_NOT_FOUND, WORKLOAD_NOT_FOUND,
 * TOKEN_NOT_FOUND, or ETAG_MISMATCH if the etag is out of date and the call would change something. A change applies to every
 * verification that starts after the method returns. Thread-safe.
 */
public interface TokenAdministration {

    /**
     * Issues a token. Fails with one InvalidArgument that lists all policy violations, TOKEN_NAME_TAKEN or TOKEN_QUOTA_EXCEEDED. Uniqueness
     * and quota are exact under concurrent calls.
     */
    IssuedToken create(Caller caller, CreateToken command);

    TokenView get(Caller caller, TokenId tokenId);

    /** Returns tokens of one tenant, newest first. */
    Page<TokenView> list(Caller caller, ListTokens query);

    /**
     * Updates a token. Fails with InvalidArgument or TOKEN_NAME_TAKEN as create does, for what the token gains under the current policy: a
     * field set to its current value, fewer scopes or an earlier expiry are always allowed.
     */
    TokenView update(Caller caller, UpdateToken command);

    /**
     * Replaces the workloads. Fails with TOKEN_TENANT_WIDE, or TOO_MANY_WORKLOADS if the token gains a workload and the policy allows fewer
     * in all.
     */
    TokenView assign(Caller caller, AssignToken command);

    /** Cancels a token. Idempotent; a cancellation is kept, unless the caller's role is above that of the user who made it. */
    TokenView cancel(Caller caller, CancelToken command);

    /**
     * Reactivates a cancelled token. Idempotent; an expired token stays expired. Fails with CANCELLED_BY_HIGHER_ROLE if the user who
     * cancelled it had a higher role at that time than the caller has.
     */
    TokenView reactivate(Caller caller, TokenId tokenId, @Nullable Etag etag);

    /** Extends the expiry. Fails with TOKEN_CANCELLED, or InvalidArgument if the policy rejects the expiry or it is before the current one. */
    TokenView renew(Caller caller, RenewToken command);

    /** Deletes a token permanently. Idempotent for as long as its tombstone is kept. */
    void delete(Caller caller, TokenId tokenId, @Nullable Etag etag);
}
