package dev.jeton.bootstrap.support;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What no error may show: SQL, a line of a stack, the name of a class, a secret or its random part. Thread-safe. */
public final class Disclosures {
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "SQL",
                    Pattern.compile(
                            "\\b(select\\s[^;]{1,400}\\sfrom\\s|insert\\s+into\\s|update\\s+\\w+\\s+set\\s|delete\\s+from\\s"
                                    + "|(create|alter|drop|lock)\\s+table\\s|sqlstate|violates\\s[\\w -]{1,40}\\sconstraint"
                                    + "|duplicate key value|syntax error at or near|relation \"|prepared statement)",
                            Pattern.CASE_INSENSITIVE),
            "a line of a stack",
                    Pattern.compile("\\bat [\\w.$/]+\\([^)]*\\)|\\w\\.java:\\d|Caused by:|Exception in thread"),
            "a class",
                    Pattern.compile("\\b(javax?|jdk|sun|dev\\.jeton|org|io\\.grpc|com\\.google|com\\.zaxxer|ch\\.qos)"
                            + "(\\.[a-z_][\\w]*)*\\.[A-Z]\\w+"),
            "a secret", Pattern.compile("jtn_[0-9A-Za-z]{82}"));

    private static final String SECRET_PREFIX = "jtn_";
    private static final int RANDOM_OFFSET = 48;
    private static final int RANDOM_LENGTH = 32;

    private final Set<String> randomParts = ConcurrentHashMap.newKeySet();

    /** A secret that Jeton issued, or an empty text. */
    public void learn(String secret) {
        if (secret.startsWith(SECRET_PREFIX)) {
            randomParts.add(secret.substring(RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH));
        }
    }

    /** The first that there is in the text; null if it may be shown. */
    @Nullable String in(String text) {
        for (Map.Entry<String, Pattern> forbidden : FORBIDDEN.entrySet()) {
            Matcher matcher = forbidden.getValue().matcher(text);
            if (matcher.find()) {
                return "%s (%s) in: %s".formatted(forbidden.getKey(), matcher.group(), text);
            }
        }
        return ofSecrets(text);
    }

    /** The same of issued secrets only, for texts that callers have chosen. */
    @Nullable String ofSecrets(String text) {
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isDigit(text.charAt(i))) {
                begin = i + 1;
            } else if (i - begin + 1 >= RANDOM_LENGTH
                    && randomParts.contains(text.substring(i - RANDOM_LENGTH + 1, i + 1))) {
                return "a secret's random part in: " + text;
            }
        }
        return null;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z';
    }
}
