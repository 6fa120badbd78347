package dev.jeton.bootstrap.config;

import java.util.List;

/** All that is wrong with the options, at once: one line for each fault. */
public final class InvalidConfig extends RuntimeException {
    private final transient List<String> faults;

    public InvalidConfig(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    static void throwIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new InvalidConfig(faults);
        }
    }

    public List<String> faults() {
        return faults;
    }
}
