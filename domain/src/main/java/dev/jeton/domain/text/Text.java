package dev.jeton.domain.text;

/** The value of a text type. Equal to a text of the same type with the same value. Immutable. */
abstract class Text {
    private final String value;

    Text(String value) {
        this.value = value;
    }

    public final String value() {
        return value;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Text text && text.getClass() == getClass() && text.value.equals(value);
    }

    @Override
    public final int hashCode() {
        return value.hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + value + "]";
    }
}
