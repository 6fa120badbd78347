package dev.jeton.application.call;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes resources, each with its audit event in the same transaction: there is no other way to write one. Valid only inside the work it is
 * passed to. Not thread-safe.
 */
public final class Changes {
    private final Repositories repositories;
    private final Origin origin;
    private final TimeOrderedIds ids;

    Changes(Repositories repositories, Origin origin, SecureRandom random) {
        this.repositories = repositories;
        this.origin = origin;
        this.ids = new TimeOrderedIds(random);
    }

    /** Returns the instant of the call; see {@link Repositories#moment()}. Take all locks first. */
    public Instant now() {
        return repositories.moment().time();
    }

    /** Returns an id that sorts after all earlier ones of the tenant. */
    public UUID newId() {
        Moment moment = repositories.moment();
        ids.advanceTo(moment.time());
        if (moment.lastEvent() != null) {
            ids.advancePast(moment.lastEvent().value());
        }
        return ids.next();
    }

    /** @return false, without a change, if the id already exists */
    public boolean insert(Tenant tenant) {
        boolean inserted = repositories.tenants().insert(tenant);
        if (inserted) {
            created(AuditedResource.of(tenant));
        }
        return inserted;
    }

    public void update(Tenant before, Tenant after) {
        repositories.tenants().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    /** Deletes the tenant with all that it contains. */
    public void delete(Tenant tenant) {
        deleted(AuditedResource.of(tenant).with(repositories.tenants().delete(tenant.id())));
    }

    public void insert(User user) {
        repositories.users().insert(user);
        created(AuditedResource.of(user));
    }

    public void update(User before, User after) {
        repositories.users().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    /** Deletes the user with its tokens. */
    public void delete(User user) {
        var tokenIds = repositories.tokens().deleteByOwner(user.tenantId(), user.id(), now());
        repositories.users().delete(user.tenantId(), user.id());
        deleted(AuditedResource.of(user).withTokens(tokenIds));
    }

    public void insert(Workload workload) {
        repositories.workloads().insert(workload);
        created(AuditedResource.of(workload));
    }

    public void update(Workload before, Workload after) {
        repositories.workloads().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    /** Deletes the workload and unassigns its tokens. */
    public void delete(Workload workload) {
        var tokenIds = repositories.tokens().unassignAll(workload.tenantId(), workload.id(), now());
        repositories.workloads().delete(workload.tenantId(), workload.id());
        deleted(AuditedResource.of(workload).withTokens(tokenIds));
    }

    public void insert(Token token, SecretDigest digest) {
        repositories.tokens().insert(token, digest);
        created(AuditedResource.of(token));
    }

    public void update(Token before, Token after) {
        repositories.tokens().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    public void delete(Token token) {
        repositories.tokens().delete(token.tenantId(), token.id(), now());
        deleted(AuditedResource.of(token));
    }

    private void created(AuditedResource resource) {
        record(AuditedResource.absent(resource), resource);
    }

    private void deleted(AuditedResource resource) {
        record(resource, AuditedResource.absent(resource));
    }

    private void record(AuditedResource before, AuditedResource after) {
        repositories
                .audit()
                .append(new AuditEvent(
                        new AuditEventId(newId()),
                        now(),
                        after.tenantId(),
                        origin.actorId(),
                        origin.tokenId(),
                        origin.actingUserId(),
                        origin.action(),
                        after.type(),
                        after.id(),
                        before.changesTo(after),
                        origin.callId()));
    }
}
