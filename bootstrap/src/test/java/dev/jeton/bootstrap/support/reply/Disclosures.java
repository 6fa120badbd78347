package dev.jeton.bootstrap.support.reply;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds SQL, stack traces, class names and secrets, which no reply may show. Thread-safe. */
public final class Disclosures {
    private static final Pattern SECRET = Pattern.compile("jtn_[0-9A-Za-z]{82}");

    private static final Map<String, Pattern> FORBIDDEN_IN_ERRORS = Map.of(
            "SQL",
                    Pattern.compile(
                            "\\b(select\\s[^;]{1,400}\\sfrom\\s|insert\\s+into\\s|update\\s+\\w+\\s+set\\s|delete\\s+from\\s"
                                    + "|(create|alter|drop|lock)\\s+table\\s|sqlstate|violates\\s[\\w -]{1,40}\\sconstraint"
                                    + "|duplicate key value|syntax error at or near|relation \"|prepared statement)",
                            Pattern.CASE_INSENSITIVE),
            "a stack trace",
                    Pattern.compile("\\bat [\\w.$/]+\\([^)]*\\)|\\w\\.java:\\d|Caused by:|Exception in thread"),
            "a class name",
                    Pattern.compile("\\b(javax?|jdk|sun|dev\\.jeton|org|io\\.grpc|com\\.google|com\\.zaxxer|ch\\.qos)"
                            + "(\\.[a-z_][\\w]*)*\\.[A-Z]\\w+"),
            "a secret", SECRET);

    private static final int RANDOM_OFFSET = 48;
    private static final int RANDOM_LENGTH = 32;

    private final Set<String> randomParts = ConcurrentHashMap.newKeySet();

    public static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /** The random part of a secret, which nobody can guess. */
    public static String randomPart(String secret) {
        return secret.substring(RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH);
    }

    /** Searches for this secret's random part from now on; ignores a text that is no secret. */
    public void learn(String secret) {
        if (isSecret(secret)) {
            randomParts.add(randomPart(secret));
        }
    }

    /** What an error or a header discloses; null if nothing. */
    @Nullable String inError(String text) {
        for (Map.Entry<String, Pattern> forbidden : FORBIDDEN_IN_ERRORS.entrySet()) {
            Matcher matcher = forbidden.getValue().matcher(text);
            if (matcher.find()) {
                return "%s (%s) in: %s".formatted(forbidden.getKey(), matcher.group(), text);
            }
        }
        return inMessage(text);
    }

    /** What a log line discloses; null if nothing. Log lines may contain class names and SQL. */
    @Nullable String inLog(String line) {
        return SECRET.matcher(line).find() ? "a secret in: " + line : inMessage(line);
    }

    /** A description of the issued secret in a text that callers may have chosen; null if there is none. */
    @Nullable String inMessage(String text) {
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
