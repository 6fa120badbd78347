package dev.jeton.domain.text;

/** A token's name: 1 to 256 visible characters in Unicode NFC, no white space at either end. The tenant's policy may allow less. */
public final class TokenName extends Text {
    public static final int MAX_LENGTH = 256;

    public TokenName(String text) {
        super(PlainText.name(text, 1, MAX_LENGTH));
    }

    public TokenName(StoredText stored) {
        super(stored.value());
    }
}
