package dev.jeton.domain.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects violations so that a caller sees all of them at once. Not thread-safe. */
public final class Violations {
    private final List<Violation> found = new ArrayList<>();

    public void add(String field, ErrorReason reason, String description) {
        found.add(new Violation(field, reason, description));
    }

    public void addAll(InvalidArgument invalid) {
        found.addAll(invalid.violations());
    }

    /** Adds the violations of {@code invalid} with {@code parent} prepended to their paths. */
    public void addAll(String parent, InvalidArgument invalid) {
        invalid.violations().forEach(violation -> found.add(violation.within(parent)));
    }

    /** Returns a value, or {@code substitute} if it is refused, and then adds the violations. */
    public <T> T collect(Supplier<T> value, T substitute) {
        try {
            return value.get();
        } catch (InvalidArgument refused) {
            addAll(refused);
            return substitute;
        }
    }

    /** Does the same, with {@code parent} prepended to the paths of the violations. */
    public <T> T collect(String parent, Supplier<T> value, T substitute) {
        try {
            return value.get();
        } catch (InvalidArgument refused) {
            addAll(parent, refused);
            return substitute;
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int size() {
        return found.size();
    }

    /** @throws InvalidArgument with all violations, if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidArgument(found);
        }
    }
}
