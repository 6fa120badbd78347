package dev.jeton.application.port.inbound.user;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Manages users. Every method can fail with PERMISSION_DENIED, TENANT_NOT_FOUND, USER_NOT_FOUND, or ETAG_MISMATCH if the etag is out of
 * date and the call would change something. Demoting, disabling or deleting the last active operator fails with
 * LAST_OPERATOR_PROTECTED. Thread-safe.
 */
public interface UserAdministration {

    /** Creates a user. Fails with EMAIL_TAKEN, or ROLE_NOT_ALLOWED for an operator outside the system tenant. */
    Created<User> create(Caller caller, CreateUser command);

    User get(Caller caller, UserId userId);

    /**
     * Returns a tenant's users, newest first.
     *
     * @param tenantId null: the caller's
     */
    Page<User> list(Caller caller, @Nullable TenantId tenantId, PageRequest page);

    /** Updates a user. Fails with EMAIL_TAKEN and ROLE_NOT_ALLOWED as create does. */
    User update(Caller caller, UpdateUser command);

    /** Disables the user: once this returns, all its tokens are denied. Idempotent. */
    User disable(Caller caller, UserId userId, @Nullable Etag etag);

    /** Enables the user. Idempotent. */
    User enable(Caller caller, UserId userId, @Nullable Etag etag);

    /** Deletes the user and all its tokens. */
    void delete(Caller caller, UserId userId, @Nullable Etag etag);

    /** Returns the caller's own user and tenant. Every role may call it. */
    Profile profile(Caller caller);
}
