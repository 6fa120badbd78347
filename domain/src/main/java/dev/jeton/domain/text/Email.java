package dev.jeton.domain.text;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An email address in Unicode NFC: a dot-atom, an at sign and a host name (RFC 5322, section 3.4.1; RFC 6531 for letters beyond ASCII), without
 * quotes, comments and address literals. At most 254 bytes in UTF-8, 64 of them before the at sign (RFC 5321, section 4.5.3.1). Keeps the
 * owner's spelling. Two addresses are the same if their {@link #key()}s are equal.
 */
public final class Email extends Text {
    public static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL_PART = 64;

    private static final String LETTER = "\\p{L}\\p{M}\\p{Nd}";
    private static final String ATOM = "[" + LETTER + "!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "(?![-\\p{M}])[" + LETTER + "-]{1,63}(?<!-)";
    private static final Pattern ADDRESS =
            Pattern.compile("(%1$s(?:\\.%1$s)*)@%2$s(?:\\.%2$s)*".formatted(ATOM, LABEL));

    public Email(String text) {
        super(checked(PlainText.line(text, 1, MAX_LENGTH)));
    }

    public Email(StoredText stored) {
        super(stored.value());
    }

    /** Returns the form used for comparison: case folded per character, as {@link String#equalsIgnoreCase} does. */
    public String key() {
        return value().codePoints()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String checked(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new InvalidArgument(ErrorReason.INVALID_EMAIL, "must be an email address such as ada@example.com");
        }
        checkBytes(address, MAX_LENGTH, "");
        checkBytes(address.substring(0, address.indexOf('@')), MAX_LOCAL_PART, " before the @");
        return address;
    }

    private static void checkBytes(String part, int max, String where) {
        if (part.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new InvalidArgument(
                    ErrorReason.TOO_LONG, "must have at most %s bytes in UTF-8%s".formatted(max, where));
        }
    }
}
