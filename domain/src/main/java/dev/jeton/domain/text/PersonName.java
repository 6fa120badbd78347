package dev.jeton.domain.text;

/** What people call a user: at most 200 printable characters in Unicode NFC, no white space at either end; may be empty. */
public record PersonName(String value) {
    public static final int MAX_LENGTH = 200;

    public PersonName {
        value = PlainText.line(value, 0, MAX_LENGTH);
    }
}
