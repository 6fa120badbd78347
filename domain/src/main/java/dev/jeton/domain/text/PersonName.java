package dev.jeton.domain.text;

/** A user's display name: at most 200 printable characters in Unicode NFC, no white space at either end. May be empty. */
public record PersonName(String value) {
    public static final int MAX_LENGTH = 200;

    public PersonName {
        value = PlainText.line(value, 0, MAX_LENGTH);
    }
}
