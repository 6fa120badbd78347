package dev.jeton.grpc.message;

import org.jspecify.annotations.Nullable;

/** A field's value, if the field was in order; {@link RequestReader#build} is the place to take it. Immutable. */
public final class Parsed<T extends @Nullable Object> {
    private final boolean inOrder;
    private final @Nullable T value;

    private Parsed(boolean inOrder, @Nullable T value) {
        this.inOrder = inOrder;
        this.value = value;
    }

    /** A value that needs no reading. */
    public static <T extends @Nullable Object> Parsed<T> of(T value) {
        return new Parsed<>(true, value);
    }

    static <T extends @Nullable Object> Parsed<T> faulty() {
        return new Parsed<>(false, null);
    }

    boolean isInOrder() {
        return inOrder;
    }

    public T get() {
        if (!inOrder) {
            throw new Faulty();
        }
        return value;
    }

    /** The value, or a stand-in by which rules between this field and others can still be checked. */
    public T or(T standIn) {
        return inOrder ? get() : standIn;
    }

    /** Ends the building of what cannot be built; why it cannot has been noted. */
    static final class Faulty extends RuntimeException {
        Faulty() {
            super("The field was not in order", null, false, false);
        }
    }
}
