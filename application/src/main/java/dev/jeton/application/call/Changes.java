package dev.jeton.application.call;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.SweepRepository.Kind;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.TokenRepository.Unassigned;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Writes resources, each with its audit event in the same transaction: there is no other way to write one. Valid only inside the work it is
 * passed to. Not thread-safe.
 */
public final class Changes {
    /** How many tokens a deletion removes at once: so few that it is quick and what others wait for is short. */
    private static final int AT_ONCE = 100;

    private final Repositories repositories;
    private final Events events;

    Changes(Repositories repositories, Origin origin, SecureRandom random) {
        this.repositories = repositories;
        this.events = new Events(origin, random);
    }

    /** Returns the instant of the call; see {@link Repositories#moment()}. Take all locks first. */
    public Instant now() {
        return repositories.moment().time();
    }

    /** Returns an id that sorts after all earlier ones of the tenant. */
    public UUID newId() {
        return events.newId(repositories.moment());
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

    /** Deletes the tenant with all that it contains; what is left of a large one is hidden and swept later. */
    public void delete(Tenant tenant) {
        repositories.tenants().delete(tenant.id());
        deleted(AuditedResource.of(tenant));
        begin(new Sweep(tenant.id(), Kind.TENANT, tenant.id().value(), events.origin(), now()));
    }

    public void insert(User user) {
        repositories.users().insert(user);
        created(AuditedResource.of(user));
    }

    public void update(User before, User after) {
        repositories.users().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    /** Deletes the user with its tokens; what is left of many is hidden and swept later. */
    public void delete(User user) {
        repositories.users().delete(user.tenantId(), user.id());
        deleted(AuditedResource.of(user));
        begin(new Sweep(user.tenantId(), Kind.USER, user.id().value(), events.origin(), now()));
    }

    public void insert(Workload workload) {
        repositories.workloads().insert(workload);
        created(AuditedResource.of(workload));
    }

    public void update(Workload before, Workload after) {
        repositories.workloads().update(after);
        record(AuditedResource.of(before), AuditedResource.of(after));
    }

    /** Deletes the workload and unassigns its tokens; what is left of many assignments is hidden and swept later. */
    public void delete(Workload workload) {
        repositories.workloads().delete(workload.tenantId(), workload.id());
        deleted(AuditedResource.of(workload));
        begin(new Sweep(workload.tenantId(), Kind.WORKLOAD, workload.id().value(), events.origin(), now()));
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

    /**
     * Removes a slice of what is left of a deleted resource, newest first, each with its event; ends the sweep if nothing is left.
     *
     * @param limit the number of users, tokens, workloads and tombstones
     */
    public void continueSweep(Sweep sweep, int limit) {
        if (removeSlice(sweep, limit)) {
            repositories.sweeps().delete(sweep);
        }
    }

    /** What is small vanishes in the deleting transaction. */
    private void begin(Sweep sweep) {
        if (!removeSlice(sweep, AT_ONCE)) {
            repositories.sweeps().insert(sweep);
        }
    }

    /** Returns whether nothing is left. */
    private boolean removeSlice(Sweep sweep, int limit) {
        return switch (sweep.kind()) {
            case USER -> removeTokens(sweep.tenantId(), new UserId(sweep.resourceId()), limit);
            case WORKLOAD -> unassignTokens(sweep, new WorkloadId(sweep.resourceId()), limit);
            case TENANT -> removeContents(sweep.tenantId(), limit);
        };
    }

    private boolean removeTokens(TenantId tenantId, UserId ownerId, int limit) {
        List<Token> tokens = repositories.tokens().deleteByOwner(tenantId, ownerId, limit, now());
        tokens.forEach(token -> deleted(AuditedResource.of(token)));
        return tokens.size() < limit;
    }

    private boolean unassignTokens(Sweep sweep, WorkloadId workloadId, int limit) {
        TenantId tenantId = sweep.tenantId();
        List<Unassigned> tokens = repositories.tokens().unassign(tenantId, workloadId, limit, sweep.time());
        for (Unassigned token : tokens) {
            SortedSet<WorkloadId> before = new TreeSet<>(token.workloadIds());
            before.add(workloadId);
            record(
                    AuditedResource.of(tenantId, token.tokenId(), before),
                    AuditedResource.of(tenantId, token.tokenId(), token.workloadIds()));
        }
        return tokens.size() < limit;
    }

    /** Users go first: after the last one nothing can be added to the rest. */
    private boolean removeContents(TenantId tenantId, int limit) {
        List<User> users = repositories.users().deleteByTenant(tenantId, limit);
        users.forEach(user -> deleted(AuditedResource.of(user)));
        int left = limit - users.size();
        List<Token> tokens = left == 0 ? List.of() : repositories.tokens().deleteByTenant(tenantId, left);
        tokens.forEach(token -> deleted(AuditedResource.of(token)));
        left -= tokens.size();
        List<Workload> workloads =
                left == 0 ? List.of() : repositories.workloads().deleteByTenant(tenantId, left);
        workloads.forEach(workload -> deleted(AuditedResource.of(workload)));
        left -= workloads.size();
        return left > 0 && repositories.tokens().deleteTombstones(tenantId, left) < left;
    }

    private void created(AuditedResource resource) {
        repositories.audit().append(events.created(resource, repositories.moment()));
    }

    private void deleted(AuditedResource resource) {
        repositories.audit().append(events.deleted(resource, repositories.moment()));
    }

    private void record(AuditedResource before, AuditedResource after) {
        repositories.audit().append(events.changed(before, after, repositories.moment()));
    }
}
