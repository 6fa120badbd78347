package dev.jeton.domain.id;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.util.UUID;

/** Parses ids in canonical UUID text. */
public final class CanonicalUuid {
    private static final int LENGTH = 36;

    private CanonicalUuid() {}

    /**
     * @param text a UUID in the canonical form of RFC 9562, section 4, in upper or lower case
     * @throws InvalidArgument with INVALID_ID for anything else, including the short forms that the JDK accepts
     */
    public static UUID parse(String text) {
        if (text.length() == LENGTH) {
            try {
                UUID parsed = UUID.fromString(text);
                if (parsed.toString().equalsIgnoreCase(text)) {
                    return parsed;
                }
            } catch (IllegalArgumentException malformed) {
                throw invalid();
            }
        }
        throw invalid();
    }

    private static InvalidArgument invalid() {
        return new InvalidArgument(
                ErrorReason.INVALID_ID, "must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057");
    }
}
