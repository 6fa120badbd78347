package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.text.TokenName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits the names of a tenant's tokens.
 *
 * @param maxLength in Unicode code points, 1 to 256; 0 means {@link #DEFAULT_MAX_LENGTH}
 * @param allowedCharacters empty: any printable character
 */
public record NameRule(int maxLength, Set<CharacterClass> allowedCharacters, NameUniqueness uniqueness) {
    public static final int DEFAULT_MAX_LENGTH = 100;
    public static final NameRule DEFAULT = new NameRule(0, Set.of(), NameUniqueness.NOT_REQUIRED);

    public NameRule {
        Set<CharacterClass> sorted = EnumSet.noneOf(CharacterClass.class);
        sorted.addAll(allowedCharacters);
        allowedCharacters = Collections.unmodifiableSet(sorted);
        Violations violations = new Violations();
        if (maxLength < 0 || maxLength > TokenName.MAX_LENGTH) {
            violations.add(
                    "max_length",
                    ErrorReason.OUT_OF_RANGE,
                    "must be 1 to %s, or 0 for the default of %s".formatted(TokenName.MAX_LENGTH, DEFAULT_MAX_LENGTH));
        }
        violations.throwIfAny();
    }

    /** Adds the violations of {@code name} to {@code violations}; null, for no name, is always one. */
    public void check(@Nullable TokenName name, Violations violations) {
        if (name == null) {
            violations.add("name", ErrorReason.REQUIRED, "is required");
            return;
        }
        String text = name.value();
        int limit = maxLength == 0 ? DEFAULT_MAX_LENGTH : maxLength;
        int length = text.codePointCount(0, text.length());
        if (length > limit) {
            violations.add(
                    "name",
                    ErrorReason.NAME_TOO_LONG,
                    "must have at most %s characters under the tenant's policy, not %s".formatted(limit, length));
        }
        text.codePoints().filter(character -> !isAllowed(character)).findFirst().ifPresent(character -> {
            String labels =
                    allowedCharacters.stream().map(CharacterClass::label).collect(Collectors.joining(", "));
            violations.add(
                    "name",
                    ErrorReason.NAME_CHARACTER_NOT_ALLOWED,
                    "must contain only %s under the tenant's policy; remove %s (U+%04X)"
                            .formatted(labels, Character.toString(character), character));
        });
    }

    private boolean isAllowed(int character) {
        return allowedCharacters.isEmpty()
                || allowedCharacters.stream().anyMatch(allowed -> allowed.contains(character));
    }
}
