package dev.jeton.domain.text;

/** A token's name: 1 to 256 printable characters in Unicode NFC, no white space at either end. The tenant's policy may allow less. */
public record TokenName(String value) {
    public static final int MAX_LENGTH = 256;

    public TokenName {
        value = PlainText.line(value, 1, MAX_LENGTH);
    }
}
