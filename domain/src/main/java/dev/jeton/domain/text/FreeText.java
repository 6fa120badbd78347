package dev.jeton.domain.text;

/** A description or reason: at most 500 printable characters, line breaks or tabs. May be empty. */
public record FreeText(String value) {
    public static final int MAX_LENGTH = 500;

    public FreeText {
        value = PlainText.lines(value, MAX_LENGTH);
    }
}
