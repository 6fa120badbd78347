package dev.jeton.domain.policy;

import java.util.function.IntPredicate;

/** A set of ASCII characters that a policy can allow in token names. */
public enum CharacterClass {
    LOWERCASE("a-z", character -> character >= 'a' && character <= 'z'),
    UPPERCASE("A-Z", character -> character >= 'A' && character <= 'Z'),
    DIGIT("0-9", character -> character >= '0' && character <= '9'),
    UNDERSCORE("underscore", character -> character == '_'),
    HYPHEN("hyphen", character -> character == '-'),
    SPACE("space", character -> character == ' '),
    DOT("dot", character -> character == '.');

    private final String label;
    private final IntPredicate members;

    CharacterClass(String label, IntPredicate members) {
        this.label = label;
        this.members = members;
    }

    boolean contains(int character) {
        return members.test(character);
    }

    /** Returns the name used in error messages. */
    String label() {
        return label;
    }
}
