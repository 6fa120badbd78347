package dev.jeton.domain.text;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.text.Normalizer;

/** Validates user-supplied text. Lengths are in Unicode code points. */
final class PlainText {
    private PlainText() {}

    /** Validates one line of printable text without white space at either end, and returns it in NFC. */
    static String line(String text, int minLength, int maxLength) {
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFC);
        checkLength(normalized, minLength, maxLength);
        checkCharacters(normalized, "");
        if (!normalized.isEmpty()
                && (isSpace(normalized.codePointAt(0)) || isSpace(normalized.codePointBefore(normalized.length())))) {
            throw new InvalidArgument(
                    ErrorReason.SURROUNDING_WHITE_SPACE, "must not begin or end with white space; remove it");
        }
        return normalized;
    }

    /** Validates any number of lines and returns them unchanged. */
    static String lines(String text, int maxLength) {
        checkLength(text, 0, maxLength);
        checkCharacters(text, "\n\r\t");
        return text;
    }

    private static void checkLength(String text, int minLength, int maxLength) {
        int length = text.codePointCount(0, text.length());
        if (length < minLength) {
            throw new InvalidArgument(ErrorReason.REQUIRED, "is required");
        }
        if (length > maxLength) {
            throw new InvalidArgument(
                    ErrorReason.TOO_LONG, "must have at most %d characters, not %d".formatted(maxLength, length));
        }
    }

    private static void checkCharacters(String text, String alsoAllowed) {
        text.codePoints()
                .filter(character -> !isPrintable(character) && alsoAllowed.indexOf(character) < 0)
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidArgument(
                            ErrorReason.INVALID_CHARACTER,
                            "must not contain the unprintable character U+%04X".formatted(character));
                });
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** Whether Unicode will never assign this code point. Other unassigned ones may be letters in a newer Unicode version. */
    private static boolean isNoncharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || character >= 0xFDD0 && character <= 0xFDEF;
    }

    /** Format characters such as U+202E can disguise text; only the two joiners are needed, for words and emoji. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> character == 0x200C || character == 0x200D;
            case Character.UNASSIGNED -> !isNoncharacter(character);
            default -> true;
        };
    }
}
