package dev.jeton.domain.error;

import java.util.List;

/** Lists the violations for which a command is rejected. */
public final class Refusal {
    private Refusal() {}

    /** Returns each violation as "field REASON", in order; empty if the command succeeds. */
    public static List<String> of(Runnable command) {
        try {
            command.run();
            return List.of();
        } catch (InvalidArgument refused) {
            return of(refused.violations());
        }
    }

    /** Returns the collected violations in the same form. */
    public static List<String> in(Violations violations) {
        return of(violations::throwIfAny);
    }

    private static List<String> of(List<Violation> violations) {
        return violations.stream()
                .map(violation -> (violation.field() + " " + violation.reason()).strip())
                .toList();
    }
}
