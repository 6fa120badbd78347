package dev.jeton.grpc.message;

import org.jspecify.annotations.Nullable;

/** A field's value, or the fact that the field is invalid. Read it inside {@link RequestReader#build}. Immutable. */
public final class Parsed<T extends @Nullable Object> {
    private final boolean valid;
    private final @Nullable T value;

    private Parsed(boolean valid, @Nullable T value) {
        this.valid = valid;
        this.value = value;
    }

    public static <T extends @Nullable Object> Parsed<T> of(T value) {
        return new Parsed<>(true, value);
    }

    static <T extends @Nullable Object> Parsed<T> invalid() {
        return new Parsed<>(false, null);
    }

    boolean isValid() {
        return valid;
    }

    /** @throws InvalidField if the field is invalid; {@link RequestReader#build} handles it */
    public T get() {
        if (!valid) {
            throw new InvalidField();
        }
        return value;
    }

    /** Returns the value, or a substitute with which rules across fields can still be checked. */
    public T or(T substitute) {
        return valid ? get() : substitute;
    }

    /** Stops building a message with an invalid field, whose violations are already recorded. */
    static final class InvalidField extends RuntimeException {
        InvalidField() {
            super("The field is invalid", null, false, false);
        }
    }
}
