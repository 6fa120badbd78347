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
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret. Immutable; a change obeys the tenant's current policy and returns a new instance, or this one if nothing
 * differs.
 *
 * @param tenantWide whether it is accepted for every workload of its tenant, permanently; otherwise only for {@code workloadIds}
 * @param nameUniqueness what the policy required of the name when it was set
 * @param workloadIds sorted; empty for a tenant-wide token
 * @param cancellation null unless cancelled
 * @param lastUsedTime null if never used; not part of the revision
 */
public record Token(
        TenantId tenantId,
        TokenId id,
        UserId ownerId,
        boolean tenantWide,
        TokenName name,
        NameUniqueness nameUniqueness,
        FreeText description,
        Scopes scopes,
        SortedSet<WorkloadId> workloadIds,
        SecretHint secretHint,
        Expiry expiry,
        @Nullable Cancellation cancellation,
        @Nullable Instant lastUsedTime,
        Revision revision) {

    public Token {
        workloadIds = Collections.unmodifiableSortedSet(new TreeSet<>((Collection<WorkloadId>) workloadIds));
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
        policy.nameRule().check(draft.name(), violations);
        Expiry expiry = resolve(policy, draft.expiration(), now, violations);
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
                !policy.workloadRule().bindsTokens(),
                draft.name(),
                policy.nameRule().uniqueness(),
                draft.description(),
                draft.scopes().isEmpty() ? policy.defaultScopes() : draft.scopes(),
                new TreeSet<>(draft.workloadIds()),
                secretHint,
                expiry,
                null,
                null,
                Revision.first(now));
    }

    /**
     * Updates the fields that {@code change} sets. A name or scopes equal to the current ones are not checked again.
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
            next.expiry(resolve(policy, change.expiration(), now, violations));
        }
        if (change.scopes() != null && !change.scopes().equals(scopes)) {
            policy.checkScopes(change.scopes(), violations);
            next.scopes(change.scopes());
        }
        violations.throwIfAny();
        return next.revised(now);
    }

    /**
     * Replaces the assigned workloads; an empty set unassigns the token.
     *
     * @throws FailedPrecondition with TOKEN_TENANT_WIDE if it is tenant-wide
     * @throws InvalidArgument with TOO_MANY_WORKLOADS if the policy allows fewer
     */
    public Token assign(Set<WorkloadId> newWorkloadIds, TokenPolicy policy, Instant now) {
        if (tenantWide) {
            throw new FailedPrecondition(
                    ErrorReason.TOKEN_TENANT_WIDE,
                    "Token %s is tenant-wide permanently and cannot be assigned; create another token under a policy with max_workloads of at least 1."
                            .formatted(id),
                    Map.of("token_id", id.toString()));
        }
        if (newWorkloadIds.equals(workloadIds)) {
            return this;
        }
        Violations violations = new Violations();
        policy.workloadRule().checkAssignment(newWorkloadIds.size(), violations);
        violations.throwIfAny();
        return new TokenBuilder(this).workloadIds(newWorkloadIds).revised(now);
    }

    /** Cancels the token; on a cancelled one, does nothing and keeps the first reason. */
    public Token cancel(FreeText reason, Instant now) {
        return cancellation != null
                ? this
                : new TokenBuilder(this).cancellation(new Cancellation(reason)).revised(now);
    }

    public Token reactivate(Instant now) {
        return new TokenBuilder(this).cancellation(null).revised(now);
    }

    /**
     * Extends the expiry, counted from now; also works on an expired token. Without a choice, takes the later of the policy's default
     * lifetime and the current expiry.
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

    private static Expiry resolve(TokenPolicy policy, ExpirationChoice choice, Instant now, Violations violations) {
        try {
            return policy.expiryRule().resolve(choice, now);
        } catch (InvalidArgument refused) {
            violations.addAll(refused);
            return Expiry.NEVER;
        }
    }
}
