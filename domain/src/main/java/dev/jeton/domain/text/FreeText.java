package dev.jeton.domain.text;

/** A description or reason: at most 500 printable characters, line breaks or tabs. May be empty. */
public final class FreeText extends Text {
    public static final int MAX_LENGTH = 500;

    public FreeText(String text) {
        super(PlainText.lines(text, MAX_LENGTH));
    }

    public FreeText(StoredText stored) {
        super(stored.value());
    }
}
