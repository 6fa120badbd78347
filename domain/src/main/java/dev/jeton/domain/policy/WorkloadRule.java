package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Violations;

/**
 * How a tenant's tokens are bound to workloads.
 *
 * @param maxWorkloads the most workloads a token may have, at most 100; 0: new tokens are tenant-wide, permanently
 * @param requiredForUse whether a bound token without a workload is denied as unassigned; every verification reads the current value
 * @param requiredAtCreation whether a token must be created with at least one workload
 */
public record WorkloadRule(int maxWorkloads, boolean requiredForUse, boolean requiredAtCreation) {
    public static final int MAX_WORKLOADS = 100;
    public static final WorkloadRule DEFAULT = new WorkloadRule(0, false, false);

    public WorkloadRule {
        Violations violations = new Violations();
        if (maxWorkloads < 0 || maxWorkloads > MAX_WORKLOADS) {
            violations.add("max_workloads", ErrorReason.OUT_OF_RANGE, "must be 0 to %d".formatted(MAX_WORKLOADS));
        }
        if (requiredAtCreation && maxWorkloads == 0) {
            violations.add(
                    "required_at_creation",
                    ErrorReason.POLICY_CONTRADICTION,
                    "requires max_workloads to be at least 1");
        }
        violations.throwIfAny();
    }

    public boolean bindsTokens() {
        return maxWorkloads > 0;
    }

    /** Adds a violation of {@code workload_ids} to {@code violations} if no policy allows a token that many. */
    public static void checkLimit(int count, Violations violations) {
        if (count > MAX_WORKLOADS) {
            violations.add(
                    "workload_ids", ErrorReason.TOO_MANY, "must have at most %s values".formatted(MAX_WORKLOADS));
        }
    }

    /** Adds the violations of a new token with {@code count} workloads to {@code violations}. */
    public void checkCreation(int count, Violations violations) {
        if (requiredAtCreation && count == 0) {
            violations.add(
                    "workload_ids",
                    ErrorReason.WORKLOAD_REQUIRED,
                    "must name at least one workload under the tenant's policy");
        }
        checkAssignment(count, violations);
    }

    /** Adds the violations of an existing token that gets a new workload, {@code count} in all, to {@code violations}. */
    public void checkAssignment(int count, Violations violations) {
        if (count > maxWorkloads) {
            violations.add(
                    "workload_ids",
                    ErrorReason.TOO_MANY_WORKLOADS,
                    maxWorkloads == 0
                            ? "must be empty: the tenant's policy does not bind tokens to workloads"
                            : "must name at most %d under the tenant's policy, not %d".formatted(maxWorkloads, count));
        }
    }
}
