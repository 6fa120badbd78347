package dev.jeton.application.audit;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.id.TimeOrderedIds;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Records the changes of a use case in the same transaction; if that fails, the change rolls back. Thread-safe. */
public final class Auditor {
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    public Auditor(InstantSource clock, TimeOrderedIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    public void created(Repositories repositories, Caller caller, Operation operation, AuditedResource resource) {
        record(repositories, caller, operation, AuditedResource.absent(resource), resource);
    }

    public void changed(
            Repositories repositories,
            Caller caller,
            Operation operation,
            AuditedResource before,
            AuditedResource after) {
        record(repositories, caller, operation, before, after);
    }

    public void deleted(Repositories repositories, Caller caller, Operation operation, AuditedResource resource) {
        record(repositories, caller, operation, resource, AuditedResource.absent(resource));
    }

    /** Records a creation by a local command, which has no caller. */
    public void createdLocally(Repositories repositories, String action, AuditedResource resource) {
        CallId callId = new CallId(ids.next());
        append(repositories, null, callId, action, AuditedResource.absent(resource), resource);
    }

    private void record(
            Repositories repositories,
            Caller caller,
            Operation operation,
            AuditedResource before,
            AuditedResource after) {
        CallId callId = caller.callId();
        if (callId == null) {
            throw new IllegalStateException("A call that makes changes must have a call id");
        }
        append(repositories, caller, callId, operation.rpcName(), before, after);
    }

    private void append(
            Repositories repositories,
            @Nullable Caller caller,
            CallId callId,
            String action,
            AuditedResource before,
            AuditedResource after) {
        repositories
                .audit()
                .append(new AuditEvent(
                        new AuditEventId(ids.next()),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        after.tenantId(),
                        caller == null ? null : caller.actorId(),
                        caller == null ? null : caller.tokenId(),
                        caller == null || caller.userId().equals(caller.actorId()) ? null : caller.userId(),
                        action,
                        after.type(),
                        after.id(),
                        before.changesTo(after),
                        callId));
    }
}
