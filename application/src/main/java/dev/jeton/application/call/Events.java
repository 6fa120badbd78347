package dev.jeton.application.call;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.id.TimeOrderedIds;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes the audit events, and all other ids, of one transaction. Not thread-safe. */
final class Events {
    private final Origin origin;
    private final TimeOrderedIds ids;

    Events(Origin origin, SecureRandom random) {
        this.origin = origin;
        ids = new TimeOrderedIds(random);
    }

    Origin origin() {
        return origin;
    }

    /** Returns an id that sorts after all earlier ones of the tenant. */
    UUID newId(Moment moment) {
        ids.advanceTo(moment.time());
        if (moment.lastEvent() != null) {
            ids.advancePast(moment.lastEvent().value());
        }
        return ids.next();
    }

    AuditEvent created(AuditedResource resource, Moment moment) {
        return changed(AuditedResource.absent(resource), resource, moment);
    }

    AuditEvent deleted(AuditedResource resource, Moment moment) {
        return changed(resource, AuditedResource.absent(resource), moment);
    }

    AuditEvent changed(AuditedResource before, AuditedResource after, Moment moment) {
        return new AuditEvent(
                new AuditEventId(newId(moment)),
                moment.time(),
                after.tenantId(),
                origin.actorId(),
                origin.tokenId(),
                origin.actingUserId(),
                origin.action(),
                after.type(),
                after.id(),
                before.changesTo(after),
                origin.callId());
    }
}
