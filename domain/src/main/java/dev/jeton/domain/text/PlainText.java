package dev.jeton.domain.text;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.text.Normalizer;
import java.util.function.IntPredicate;

/** Validates user-supplied text. Lengths are in Unicode code points. */
final class PlainText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;

    private PlainText() {}

    /** Validates a {@link #line} whose only spaces are U+0020 and the visibly wider U+3000, so that names that look alike are equal. */
    static String name(String text, int minLength, int maxLength) {
        String line = line(text, minLength, maxLength);
        check(
                line,
                character -> !isSpace(character) || character == ' ' || character == IDEOGRAPHIC_SPACE,
                "must not contain the space U+%04X; use an ordinary one, U+0020");
        return line;
    }

    /** Validates one line of visible text without white space at either end, and returns it in NFC. */
    static String line(String text, int minLength, int maxLength) {
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFC);
        checkLength(normalized, minLength, maxLength);
        check(
                normalized,
                character -> isPrintable(character) && isAssigned(character) && !isBlank(character),
                "must not contain the invisible or unknown character U+%04X; remove it");
        if (!normalized.isEmpty()
                && (isSpace(normalized.codePointAt(0)) || isSpace(normalized.codePointBefore(normalized.length())))) {
            throw new InvalidArgument(
                    ErrorReason.SURROUNDING_WHITE_SPACE, "must not begin or end with white space; remove it");
        }
        return normalized;
    }

    /** Validates any number of lines and returns them unchanged. Joiners are allowed: words and emoji need them. */
    static String lines(String text, int maxLength) {
        checkLength(text, 0, maxLength);
        check(
                text,
                character -> isPrintable(character)
                        || "\n\r\t".indexOf(character) >= 0
                        || character == ZERO_WIDTH_NON_JOINER
                        || character == ZERO_WIDTH_JOINER,
                "must not contain the unprintable character U+%04X; remove it");
        return text;
    }

    private static void checkLength(String text, int minLength, int maxLength) {
        int length = text.codePointCount(0, text.length());
        if (length < minLength) {
            throw new InvalidArgument(ErrorReason.REQUIRED, "is required");
        }
        if (length > maxLength) {
            throw new InvalidArgument(
                    ErrorReason.TOO_LONG, "must have at most %s characters, not %s".formatted(maxLength, length));
        }
    }

    private static void check(String text, IntPredicate allowed, String message) {
        text.codePoints().filter(allowed.negate()).findFirst().ifPresent(character -> {
            throw new InvalidArgument(ErrorReason.INVALID_CHARACTER, message.formatted(character));
        });
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** Format characters such as U+202E can disguise text. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.UNASSIGNED -> !isNoncharacter(character);
            default -> true;
        };
    }

    /** Whether this Java's Unicode version knows the code point, and so what it looks like and how it is normalized. */
    private static boolean isAssigned(int character) {
        return Character.getType(character) != Character.UNASSIGNED;
    }

    /** Whether Unicode will never assign this code point. Other unassigned ones may be letters in a newer Unicode version. */
    private static boolean isNoncharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || character >= 0xFDD0 && character <= 0xFDEF;
    }

    /**
     * Whether a letter, mark or symbol shows nothing: those with Unicode's property Default_Ignorable_Code_Point (joiners, fillers, variation
     * selectors), and the blanks of Braille and musical notation.
     */
    private static boolean isBlank(int character) {
        return character == 0x034F
                || character == 0x115F
                || character == 0x1160
                || character == 0x17B4
                || character == 0x17B5
                || character >= 0x180B && character <= 0x180F
                || character == 0x2800
                || character == 0x3164
                || character >= 0xFE00 && character <= 0xFE0F
                || character == 0xFFA0
                || character == 0x1D159
                || character >= 0xE0100 && character <= 0xE01EF;
    }
}
