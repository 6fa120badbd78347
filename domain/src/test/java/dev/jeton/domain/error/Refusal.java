package dev.jeton.domain.error;

import java.util.List;

/** How tests look at what a command was refused for. */
public final class Refusal {
    private Refusal() {}

    /** Each violation as its field, a space and its reason, in order; none if the command was not refused. */
    public static List<String> of(Runnable command) {
        try {
            command.run();
            return List.of();
        } catch (InvalidArgument refused) {
            return of(refused.violations());
        }
    }

    /** The same of violations that were only gathered. */
    public static List<String> in(Violations violations) {
        return of(violations::throwIfAny);
    }

    private static List<String> of(List<Violation> violations) {
        return violations.stream()
                .map(violation -> (violation.field() + " " + violation.reason()).strip())
                .toList();
    }
}
