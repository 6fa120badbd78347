package dev.jeton.domain.scope;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;

/**
 * A permission of a token: 1 to 128 visible ASCII characters without {@code "} and {@code \} (RFC 6749, section 3.3). Scopes that start
 * with {@code jeton:} are reserved for calls to Jeton itself; only the ones defined here are valid.
 */
public record Scope(String value) implements Comparable<Scope> {
    public static final int MAX_LENGTH = 128;
    private static final String RESERVED_PREFIX = "jeton:";

    public static final Scope MANAGE = new Scope("jeton:manage");
    public static final Scope VERIFY = new Scope("jeton:verify");
    public static final Scope ACT_AS = new Scope("jeton:act-as");

    public Scope {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(Scope::isScopeCharacter)) {
            throw new InvalidArgument(
                    ErrorReason.INVALID_SCOPE,
                    "must be 1 to %s visible ASCII characters without \" and \\".formatted(MAX_LENGTH));
        }
        if (value.startsWith(RESERVED_PREFIX) && !isKnownReserved(value)) {
            throw new InvalidArgument(
                    ErrorReason.UNKNOWN_RESERVED_SCOPE,
                    "must be jeton:manage, jeton:verify or jeton:act-as if it starts with jeton:");
        }
    }

    public boolean isReserved() {
        return value.startsWith(RESERVED_PREFIX);
    }

    @Override
    public int compareTo(Scope other) {
        return value.compareTo(other.value);
    }

    private static boolean isKnownReserved(String value) {
        return value.equals("jeton:manage") || value.equals("jeton:verify") || value.equals("jeton:act-as");
    }

    private static boolean isScopeCharacter(int character) {
        return character > ' ' && character < 0x7f && character != '"' && character != '\\';
    }
}
