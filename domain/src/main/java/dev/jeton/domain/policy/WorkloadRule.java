package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Violations;

/**
 * How a tenant's tokens are bound to workloads.
 *
 * @param maxWorkloads 0: not at all, tokens created meanwhile are tenant-wide for good; else the most that one token may have, at most 100
 * @param requiredForUse a bound token without a workload is refused as unassigned; read anew by every verification
 * @param requiredAtCreation a token must be created with at least one
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
                    "required_at_creation", ErrorReason.POLICY_CONTRADICTION, "needs max_workloads to be at least 1");
        }
        violations.throwIfAny();
    }

    public boolean bindsTokens() {
        return maxWorkloads > 0;
    }

    /** Adds to {@code violations} what is wrong with giving a new token {@code count} workloads. */
    public void checkCreation(int count, Violations violations) {
        if (requiredAtCreation && count == 0) {
            violations.add(
                    "workload_ids",
                    ErrorReason.WORKLOAD_REQUIRED,
                    "must name at least one workload under the tenant's policy");
        }
        checkAssignment(count, violations);
    }

    /** Adds to {@code violations} what is wrong with a token having {@code count} workloads. */
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
