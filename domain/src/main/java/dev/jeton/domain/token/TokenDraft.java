package dev.jeton.domain.token;

import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A requested token, not yet checked against the tenant's policy.
 *
 * @param name null if the caller gave none, which the policy reports together with its other violations
 * @param workloadIds at most {@link WorkloadRule#MAX_WORKLOADS}
 * @param scopes at most {@link Scopes#MAX_PER_TOKEN}; empty: the policy's default scopes
 */
public record TokenDraft(
        @Nullable TokenName name,
        FreeText description,
        ExpirationChoice expiration,
        Set<WorkloadId> workloadIds,
        Scopes scopes) {

    /** @throws InvalidArgument with TOO_MANY */
    public TokenDraft {
        workloadIds = Set.copyOf(workloadIds);
        Violations violations = new Violations();
        WorkloadRule.checkLimit(workloadIds.size(), violations);
        scopes.checkFitToken(violations);
        violations.throwIfAny();
    }
}
