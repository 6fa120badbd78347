package dev.jeton.domain.audit;

import java.util.UUID;

/** Identifies an audit event; later ones are greater. */
public record AuditEventId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
