package dev.jeton.bootstrap.config;

import java.util.List;

/** Lists everything wrong with the configuration, one line per error. */
public final class InvalidConfig extends RuntimeException {
    private final transient List<String> errors;

    public InvalidConfig(List<String> errors) {
        super(String.join(System.lineSeparator(), errors));
        this.errors = List.copyOf(errors);
    }

    static void throwIfAny(List<String> errors) {
        if (!errors.isEmpty()) {
            throw new InvalidConfig(errors);
        }
    }

    public List<String> errors() {
        return errors;
    }
}
