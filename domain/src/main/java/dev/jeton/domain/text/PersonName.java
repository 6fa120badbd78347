package dev.jeton.domain.text;

/** A user's display name: at most 200 visible characters in Unicode NFC, no white space at either end. May be empty. */
public final class PersonName extends Text {
    public static final int MAX_LENGTH = 200;

    public PersonName(String text) {
        super(PlainText.name(text, 0, MAX_LENGTH));
    }

    public PersonName(StoredText stored) {
        super(stored.value());
    }
}
