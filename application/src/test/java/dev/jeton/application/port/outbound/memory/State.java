package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stored rows by primary key. Values are immutable, so copying the maps copies the state. */
final class State {
    private static final TenantId NOWHERE = new TenantId(new UUID(0, 1));

    final Map<TenantId, Tenant> tenants;
    final Map<UserKey, User> users;
    final Map<WorkloadKey, Workload> workloads;
    final Map<TokenKey, StoredToken> tokens;
    final Map<TokenKey, Tombstone> tombstones;
    final Map<RequestLog.Key, RequestLog.Entry> requests;
    final Map<EventKey, AuditEvent> events;
    final Map<UUID, Sweep> sweeps;

    /** Events not sealed yet. */
    final Set<EventKey> pending;

    /** Fingerprints of keyed schemes. */
    final Map<String, SecretDigest> fingerprints;

    /** By position, starting at 1. */
    final Map<TenantId, SortedMap<Long, ChainLink>> chains;

    /** Of chains of which something was purged. */
    final Map<TenantId, ChainStart> starts;

    /** Shared by all replicas, by name. */
    final Map<String, byte[]> keys;

    State() {
        tenants = new HashMap<>();
        users = new HashMap<>();
        workloads = new HashMap<>();
        tokens = new HashMap<>();
        tombstones = new HashMap<>();
        requests = new HashMap<>();
        events = new HashMap<>();
        sweeps = new HashMap<>();
        pending = new HashSet<>();
        fingerprints = new HashMap<>();
        chains = new HashMap<>();
        starts = new HashMap<>();
        keys = new HashMap<>();
    }

    State(State other) {
        tenants = new HashMap<>(other.tenants);
        users = new HashMap<>(other.users);
        workloads = new HashMap<>(other.workloads);
        tokens = new HashMap<>(other.tokens);
        tombstones = new HashMap<>(other.tombstones);
        requests = new HashMap<>(other.requests);
        events = new HashMap<>(other.events);
        sweeps = new HashMap<>(other.sweeps);
        pending = new HashSet<>(other.pending);
        fingerprints = new HashMap<>(other.fingerprints);
        chains = new HashMap<>();
        starts = new HashMap<>(other.starts);
        keys = new HashMap<>(other.keys);
        other.chains.forEach((tenantId, links) -> chains.put(tenantId, new TreeMap<>(links)));
    }

    /** Returns where an id is looked up: one of {@code tenants} that have it, unless the reach is a single tenant. */
    TenantId tenant(Reach reach, Stream<TenantId> having) {
        return reach.tenantId()
                .orElseGet(() -> having.filter(tenants::containsKey).findFirst().orElse(NOWHERE));
    }

    /** Whether the token's owner and tenant exist. */
    boolean isVisible(Token token) {
        return tenants.containsKey(token.tenantId())
                && users.containsKey(new UserKey(token.tenantId(), token.ownerId()));
    }

    Set<WorkloadId> existing(TenantId tenantId, Set<WorkloadId> wanted) {
        return wanted.stream()
                .filter(id -> workloads.containsKey(new WorkloadKey(tenantId, id)))
                .collect(Collectors.toSet());
    }

    /** Returns the token without deleted workloads, each of whose deletions was a change. */
    Token visible(Token token) {
        Token visible = token;
        for (WorkloadId workloadId : token.workloadIds()) {
            if (!workloads.containsKey(new WorkloadKey(token.tenantId(), workloadId))) {
                Sweep sweep = sweeps.get(workloadId.value());
                visible = TokenRows.unassigned(
                        visible, workloadId, sweep == null ? token.revision().updateTime() : sweep.time());
            }
        }
        return visible;
    }

    record UserKey(TenantId tenantId, UserId userId) {}

    record EventKey(TenantId tenantId, AuditEventId eventId) {}

    record StoredToken(Token token, SecretDigest digest) {}

    record Tombstone(UserId ownerId, Instant deleteTime) {}

    static EventKey key(AuditEvent event) {
        return new EventKey(event.tenantId(), event.id());
    }

    static UserKey key(User user) {
        return new UserKey(user.tenantId(), user.id());
    }

    static WorkloadKey key(Workload workload) {
        return new WorkloadKey(workload.tenantId(), workload.id());
    }

    static TokenKey key(Token token) {
        return new TokenKey(token.tenantId(), token.id());
    }
}
