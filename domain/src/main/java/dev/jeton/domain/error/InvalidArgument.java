package dev.jeton.domain.error;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command is invalid or violates the tenant's policy. Carries every violation found, at least one. */
public final class InvalidArgument extends JetonException {
    private final transient List<Violation> violations;

    public InvalidArgument(List<Violation> violations) {
        super(Category.INVALID_ARGUMENT, violations.get(0).reason(), describe(violations), Map.of());
        this.violations = List.copyOf(violations);
    }

    /** Reports one violation of a value whose field is not known yet. */
    public InvalidArgument(ErrorReason reason, String description) {
        this(List.of(new Violation("", reason, description)));
    }

    /** Returns all violations, in the order of the fields. */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
