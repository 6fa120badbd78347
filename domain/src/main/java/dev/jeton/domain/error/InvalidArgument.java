package dev.jeton.domain.error;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command is wrong in itself or against the tenant's policy; carries every violation found, at least one. */
public final class InvalidArgument extends JetonException {
    private final transient List<Violation> violations;

    public InvalidArgument(List<Violation> violations) {
        super(Category.INVALID_ARGUMENT, violations.get(0).reason(), describe(violations), Map.of());
        this.violations = List.copyOf(violations);
    }

    /** One violation of a value that does not know the field it will be put in. */
    public InvalidArgument(ErrorReason reason, String description) {
        this(List.of(new Violation("", reason, description)));
    }

    /** All violations, in the order of the fields. */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
