package dev.jeton.domain.token;

import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Set;

/**
 * A requested token, not yet checked against the tenant's policy.
 *
 * @param workloadIds at most {@link dev.jeton.domain.policy.WorkloadRule#MAX_WORKLOADS}
 * @param scopes empty: the policy's default scopes
 */
public record TokenDraft(
        TokenName name, FreeText description, ExpirationChoice expiration, Set<WorkloadId> workloadIds, Scopes scopes) {

    public TokenDraft {
        workloadIds = Set.copyOf(workloadIds);
    }
}
