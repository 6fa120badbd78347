package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens and manages them for the rest of their lives. For every method: PERMISSION_DENIED for callers who may not;
 * TENANT_NOT_FOUND, USER_NOT_FOUND, WORKLOAD_NOT_FOUND, TOKEN_NOT_FOUND for what does not exist; ETAG_MISMATCH if an etag is given and
 * is not current, unless the token is already as asked. A change is in force for every verification that starts after the method has
 * returned. Thread-safe.
 */
public interface TokenAdministration {

    /**
     * Issues a token. All that the tenant's policy has against it is one InvalidArgument; TOKEN_NAME_TAKEN and TOKEN_QUOTA_EXCEEDED hold
     * exactly under concurrent calls.
     */
    IssuedToken create(Caller caller, CreateToken command);

    TokenView get(Caller caller, TokenId tokenId);

    /** Tokens of one tenant, newest first. */
    Page<TokenView> list(Caller caller, ListTokens query);

    /** InvalidArgument and TOKEN_NAME_TAKEN as for create, for what the command names, under the policy as it is now. */
    TokenView update(Caller caller, UpdateToken command);

    /** TOKEN_TENANT_WIDE for a tenant-wide token; TOO_MANY_WORKLOADS if the policy allows fewer. */
    TokenView assign(Caller caller, AssignToken command);

    /** Idempotent: the first reason stays. */
    TokenView cancel(Caller caller, CancelToken command);

    /** Idempotent; an expired token stays expired. */
    TokenView reactivate(Caller caller, TokenId tokenId, @Nullable Etag etag);

    /** TOKEN_CANCELLED for a cancelled token; InvalidArgument if the policy refuses the expiry or it would be an earlier one. */
    TokenView renew(Caller caller, RenewToken command);

    /** Deletes the token for good; deleting it again succeeds, for as long as its tombstone is kept. */
    void delete(Caller caller, TokenId tokenId, @Nullable Etag etag);
}
