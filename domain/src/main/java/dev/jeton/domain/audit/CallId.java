package dev.jeton.domain.audit;

import java.util.UUID;

/** Identifies one call in the audit trail and in the server log. */
public record CallId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
