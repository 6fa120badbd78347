package dev.jeton.domain.audit;

import java.util.UUID;

/** Identifies an audit event. Later events have greater ids. */
public record AuditEventId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
