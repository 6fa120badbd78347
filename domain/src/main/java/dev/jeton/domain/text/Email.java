package dev.jeton.domain.text;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;

/**
 * An email address as its owner writes it, at most 254 characters (RFC 5321, section 4.5.3.1.3). Only its outline is checked: whether
 * mail arrives is not Jeton's concern. Two are the same if their {@link #key()} is.
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

    /** The form that is compared: without regard to case, letter by letter as {@link String#equalsIgnoreCase} does. */
    public String key() {
        return value.codePoints()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
