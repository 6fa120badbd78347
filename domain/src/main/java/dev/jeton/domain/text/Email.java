package dev.jeton.domain.text;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;

/**
 * An email address, at most 254 characters (RFC 5321, section 4.5.3.1.3). Keeps the owner's spelling and checks only the basic form. Two
 * addresses are the same if their {@link #key()}s are equal.
 */
public record Email(String value) {
    public static final int MAX_LENGTH = 254;

    public Email {
        value = PlainText.line(value, 1, MAX_LENGTH);
        int at = value.lastIndexOf('@');
        if (at < 1 || at == value.length() - 1 || value.codePoints().anyMatch(Character::isSpaceChar)) {
            throw new InvalidArgument(ErrorReason.INVALID_EMAIL, "must be an email address such as ada@example.com");
        }
    }

    /** Returns the form used for comparison: case folded per character, as {@link String#equalsIgnoreCase} does. */
    public String key() {
        return value.codePoints()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
