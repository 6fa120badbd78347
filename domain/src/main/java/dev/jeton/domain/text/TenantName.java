package dev.jeton.domain.text;

/** A tenant's display name: 1 to 200 printable characters in Unicode NFC, no white space at either end. */
public record TenantName(String value) {
    public static final int MAX_LENGTH = 200;

    public TenantName {
        value = PlainText.line(value, 1, MAX_LENGTH);
    }
}
