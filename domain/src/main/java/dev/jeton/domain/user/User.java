package dev.jeton.domain.user;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person or machine in one tenant. Immutable; a change returns a new instance, or this one if nothing differs. */
public record User(
        TenantId tenantId,
        UserId id,
        Email email,
        PersonName displayName,
        Role role,
        UserState state,
        Revision revision) {

    public User {
        if (role == Role.OPERATOR && !tenantId.isSystem()) {
            throw new InvalidArgument(List.of(new Violation(
                    "role",
                    ErrorReason.ROLE_NOT_ALLOWED,
                    "must be MEMBER or TENANT_ADMIN: only the system tenant has operators")));
        }
    }

    /** @throws InvalidArgument with ROLE_NOT_ALLOWED for an operator outside the system tenant */
    public static User create(
            TenantId tenantId, UserId id, Email email, PersonName displayName, Role role, Instant now) {
        return new User(tenantId, id, email, displayName, role, UserState.ACTIVE, Revision.first(now));
    }

    /**
     * Updates the given fields; null keeps the current value.
     *
     * @throws InvalidArgument with ROLE_NOT_ALLOWED for an operator outside the system tenant
     */
    public User update(@Nullable Email newEmail, @Nullable PersonName newName, @Nullable Role newRole, Instant now) {
        return revised(
                newEmail == null ? email : newEmail,
                newName == null ? displayName : newName,
                newRole == null ? role : newRole,
                state,
                now);
    }

    public User disable(Instant now) {
        return revised(email, displayName, role, UserState.DISABLED, now);
    }

    public User enable(Instant now) {
        return revised(email, displayName, role, UserState.ACTIVE, now);
    }

    /** Whether this user is an operator and not disabled. */
    public boolean isActiveOperator() {
        return role == Role.OPERATOR && state == UserState.ACTIVE;
    }

    private User revised(Email newEmail, PersonName newName, Role newRole, UserState newState, Instant now) {
        return newEmail.equals(email) && newName.equals(displayName) && newRole == role && newState == state
                ? this
                : new User(tenantId, id, newEmail, newName, newRole, newState, revision.next(now));
    }
}
