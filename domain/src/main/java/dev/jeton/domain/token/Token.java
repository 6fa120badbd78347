package dev.jeton.domain.token;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret. Immutable; a change obeys the tenant's current policy and returns a new instance, or this one if nothing
 * differs.
 *
 * @param binding which workloads it is accepted for
 * @param nameUniqueness what the policy required of the name when it was set
 * @param scopes at most {@link Scopes#MAX_PER_TOKEN}
 * @param cancellation null unless cancelled
 * @param lastUsedTime null if never used; not part of the revision
 */
public record Token(
        TenantId tenantId,
        TokenId id,
        UserId ownerId,
        WorkloadBinding binding,
        TokenName name,
        NameUniqueness nameUniqueness,
        FreeText description,
        Scopes scopes,
        SecretHint secretHint,
        Expiry expiry,
        @Nullable Cancellation cancellation,
        @Nullable Instant lastUsedTime,
        Revision revision) {

    /** @throws InvalidArgument with TOO_MANY for more scopes than a token can have */
    public Token {
        Violations violations = new Violations();
        scopes.checkFitToken(violations);
        violations.throwIfAny();
    }

    /**
     * Issues a new token under {@code policy}.
     *
     * @throws InvalidArgument with every violation of the policy
     */
    public static Token issue(
            TenantId tenantId,
            TokenId id,
            UserId ownerId,
            TokenDraft draft,
            SecretHint secretHint,
            TokenPolicy policy,
            Instant now) {
        Violations violations = new Violations();
        TokenName name = draft.name();
        policy.nameRule().check(name, violations);
        Expiry expiry = violations.collect(() -> policy.expiryRule().resolve(draft.expiration(), now), Expiry.NEVER);
        int workloads = draft.workloadIds().size();
        if (draft.scopes().areAllReserved()) {
            policy.workloadRule().checkAssignment(workloads, violations);
        } else {
            policy.workloadRule().checkCreation(workloads, violations);
        }
        policy.checkScopes(draft.scopes(), violations);
        violations.throwIfAny();
        return new Token(
                tenantId,
                id,
                ownerId,
                policy.workloadRule().bindsTokens()
                        ? WorkloadBinding.Bound.to(draft.workloadIds())
                        : new WorkloadBinding.TenantWide(),
                Objects.requireNonNull(name, "a token without a name violates every policy"),
                policy.nameRule().uniqueness(),
                draft.description(),
                draft.scopes().isEmpty() ? policy.defaultScopes() : draft.scopes(),
                secretHint,
                expiry,
                null,
                null,
                Revision.first(now));
    }

    /** Whether it is accepted for every workload of its tenant, permanently. */
    public boolean tenantWide() {
        return binding instanceof WorkloadBinding.TenantWide;
    }

    /** Returns the workloads it is bound to, sorted; empty if it is tenant-wide. */
    public SortedSet<WorkloadId> workloadIds() {
        return binding.workloadIds();
    }

    /**
     * Updates the fields that {@code change} sets. The policy is asked only about what the token gains: not about a value that it has, a
     * scope less or an earlier expiry.
     *
     * @throws InvalidArgument with every violation of the policy
     */
    public Token update(TokenChange change, TokenPolicy policy, Instant now) {
        Violations violations = new Violations();
        TokenBuilder next = new TokenBuilder(this);
        if (change.name() != null && !change.name().equals(name)) {
            policy.nameRule().check(change.name(), violations);
            next.name(change.name(), policy.nameRule().uniqueness());
        }
        if (change.description() != null) {
            next.description(change.description());
        }
        if (!(change.expiration() instanceof ExpirationChoice.Unspecified)) {
            next.expiry(violations.collect(
                    () -> policy.expiryRule().resolveChange(change.expiration(), expiry, now), expiry));
        }
        if (change.scopes() != null) {
            policy.checkScopes(change.scopes().without(scopes), violations);
            next.scopes(change.scopes());
        }
        violations.throwIfAny();
        return next.revised(now);
    }

    /**
     * Replaces the assigned workloads; an empty set unassigns the token. No policy prevents the removal of workloads.
     *
     * @throws FailedPrecondition with TOKEN_TENANT_WIDE if it is tenant-wide, even for an empty set, which would not narrow it
     * @throws InvalidArgument with TOO_MANY_WORKLOADS if it gains a workload and the policy allows fewer in all
     */
    public Token assign(Set<WorkloadId> newWorkloadIds, TokenPolicy policy, Instant now) {
        if (tenantWide()) {
            throw new FailedPrecondition(
                    ErrorReason.TOKEN_TENANT_WIDE,
                    "Token %s is tenant-wide permanently and cannot be assigned; create another token under a policy with max_workloads of at least 1."
                            .formatted(id),
                    Map.of("token_id", id.toString()));
        }
        WorkloadBinding assigned = WorkloadBinding.Bound.to(newWorkloadIds);
        Violations violations = new Violations();
        if (!workloadIds().containsAll(newWorkloadIds)) {
            policy.workloadRule().checkAssignment(newWorkloadIds.size(), violations);
        }
        violations.throwIfAny();
        return new TokenBuilder(this).binding(assigned).revised(now);
    }

    /**
     * Cancels the token. A token cancelled before keeps its first cancellation, unless {@code role} is above that one's: then this one
     * replaces it, so that it takes the higher role to reactivate the token.
     *
     * @param userId who cancels
     * @param role that user's role
     */
    public Token cancel(FreeText reason, UserId userId, Role role, Instant now) {
        if (cancellation != null && !cancellation.isOutrankedBy(role)) {
            return this;
        }
        boolean leaked = cancellation != null && cancellation.leaked();
        return new TokenBuilder(this)
                .cancellation(new Cancellation(now, userId, role, reason, leaked))
                .revised(now);
    }

    /**
     * Lifts the cancellation, if there is one.
     *
     * @param role of the user who reactivates
     * @throws FailedPrecondition with CANCELLED_BY_HIGHER_ROLE if the token was cancelled by a user with a higher role
     */
    public Token reactivate(Role role, Instant now) {
        if (cancellation != null && !cancellation.canBeLiftedBy(role)) {
            throw new FailedPrecondition(
                    ErrorReason.CANCELLED_BY_HIGHER_ROLE,
                    "Token %s was cancelled by a user with role %s; ask a user with that role or a higher one to reactivate it."
                            .formatted(id, cancellation.role()),
                    Map.of("token_id", id.toString()));
        }
        return new TokenBuilder(this).cancellation(null).revised(now);
    }

    /**
     * Extends the expiry, counted from now; also works on an expired token. Without a choice, takes the later of the policy's default
     * lifetime and the current expiry. Does not check a choice of the current expiry, unless it has passed.
     *
     * @throws FailedPrecondition with TOKEN_CANCELLED if it is cancelled
     * @throws InvalidArgument if the policy rejects the choice, or with EXPIRY_SHORTENED if it is before the current expiry
     */
    public Token renew(ExpirationChoice choice, TokenPolicy policy, Instant now) {
        if (cancellation != null) {
            throw new FailedPrecondition(
                    ErrorReason.TOKEN_CANCELLED,
                    "Token %s is cancelled; reactivate it before renewing it.".formatted(id),
                    Map.of("token_id", id.toString()));
        }
        if (!(choice instanceof ExpirationChoice.Unspecified)
                && choice.from(now).equals(expiry)
                && !expiry.hasPassed(now)) {
            return this;
        }
        Expiry renewed = policy.expiryRule().resolveRenewal(choice, now);
        if (!renewed.isBefore(expiry)) {
            return new TokenBuilder(this).expiry(renewed).revised(now);
        }
        if (choice instanceof ExpirationChoice.Unspecified) {
            return this;
        }
        throw new InvalidArgument(List.of(new Violation(
                choice.field(),
                ErrorReason.EXPIRY_SHORTENED,
                "must not be before the current expiry, %s; use UpdateToken to shorten it"
                        .formatted(expiry.isNever() ? "never" : expiry.instant()))));
    }

    public TokenStatus statusAt(Instant now) {
        if (cancellation != null) {
            return TokenStatus.CANCELLED;
        }
        return expiry.hasPassed(now) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
    }
}
