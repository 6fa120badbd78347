package dev.jeton.domain.text;

/** A tenant's display name: 1 to 200 visible characters in Unicode NFC, no white space at either end. */
public final class TenantName extends Text {
    public static final int MAX_LENGTH = 200;

    public TenantName(String text) {
        super(PlainText.name(text, 1, MAX_LENGTH));
    }

    public TenantName(StoredText stored) {
        super(stored.value());
    }
}
