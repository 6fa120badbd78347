package dev.jeton.domain.tenant;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.text.TenantName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the platform. Users, workloads and tokens never cross tenants. Immutable; a change returns a new instance, or this one
 * if nothing differs.
 */
public record Tenant(TenantId id, TenantName displayName, TenantState state, TokenPolicy policy, Revision revision) {

    public static Tenant create(TenantId id, TenantName displayName, TokenPolicy policy, Instant now) {
        return new Tenant(id, displayName, TenantState.ACTIVE, policy, Revision.first(now));
    }

    /**
     * Updates the name, unless null, and the parts of the policy that {@code policyChange} has.
     *
     * @throws InvalidArgument if the policy would contradict itself
     */
    public Tenant update(@Nullable TenantName newName, PolicyChange policyChange, Instant now) {
        Violations violations = new Violations();
        TokenPolicy newPolicy = violations.collect("token_policy", () -> policy.with(policyChange), policy);
        violations.throwIfAny();
        return revised(newName == null ? displayName : newName, state, newPolicy, now);
    }

    /** @throws FailedPrecondition with SYSTEM_TENANT_PROTECTED for the system tenant */
    public Tenant suspend(Instant now) {
        requireNotSystem("suspended");
        return revised(displayName, TenantState.SUSPENDED, policy, now);
    }

    public Tenant resume(Instant now) {
        return revised(displayName, TenantState.ACTIVE, policy, now);
    }

    /** @throws FailedPrecondition with SYSTEM_TENANT_PROTECTED for the system tenant */
    public void requireDeletable() {
        requireNotSystem("deleted");
    }

    /** Returns this instance if nothing differs. */
    private Tenant revised(TenantName newName, TenantState newState, TokenPolicy newPolicy, Instant now) {
        return newName.equals(displayName) && newState == state && newPolicy.equals(policy)
                ? this
                : new Tenant(id, newName, newState, newPolicy, revision.next(now));
    }

    private void requireNotSystem(String participle) {
        if (id.isSystem()) {
            throw new FailedPrecondition(
                    ErrorReason.SYSTEM_TENANT_PROTECTED,
                    "The system tenant cannot be %s: its operators run Jeton.".formatted(participle));
        }
    }
}
