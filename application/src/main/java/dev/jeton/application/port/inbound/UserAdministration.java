package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The people and machines of a tenant. For every method: PERMISSION_DENIED for callers who may not; TENANT_NOT_FOUND, USER_NOT_FOUND
 * for what does not exist; ETAG_MISMATCH if an etag is given and is not current, unless the user is already as asked. The last active
 * operator cannot be demoted, disabled or deleted: LAST_OPERATOR_PROTECTED. Thread-safe.
 */
public interface UserAdministration {

    /** EMAIL_TAKEN if another user of the tenant has the email; ROLE_NOT_ALLOWED for an operator outside the system tenant. */
    Created<User> create(Caller caller, CreateUser command);

    User get(Caller caller, UserId userId);

    /**
     * A tenant's users, newest first.
     *
     * @param tenantId null: the caller's
     */
    Page<User> list(Caller caller, @Nullable TenantId tenantId, PageRequest page);

    /** EMAIL_TAKEN, ROLE_NOT_ALLOWED as for create. */
    User update(Caller caller, UpdateUser command);

    /** From when this returns, none of the user's tokens passes. Idempotent. */
    User disable(Caller caller, UserId userId, @Nullable Etag etag);

    /** Idempotent. */
    User enable(Caller caller, UserId userId, @Nullable Etag etag);

    /** Deletes the user and all of its tokens. */
    void delete(Caller caller, UserId userId, @Nullable Etag etag);

    /** Who the caller is; open to every role. */
    Profile profile(Caller caller);
}
