package dev.jeton.jdbi.management;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.ClosingStatements;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Collects the changes of one transaction that verdicts and permissions depend on, and advances the positions of its tenants as its last
 * writes. Creations are not recorded: absence is never cached, so no replica can have stale data about a new row. Not thread-safe.
 */
final class ChangeRecorder {
    /** Above this, the record says that everything changed. */
    static final int MAX_LISTED = 1_000;

    private final SortedMap<UUID, Touched> tenants = new TreeMap<>();

    void tenant(TenantId tenantId) {
        touched(tenantId).everything = true;
    }

    /** Records a change of the user and so of every token it owns. */
    void user(TenantId tenantId, UserId userId) {
        touched(tenantId).users.add(userId.value());
    }

    void workload(TenantId tenantId, WorkloadId workloadId) {
        touched(tenantId).workloads.add(workloadId.value());
    }

    /**
     * Records a token that was assigned to a deleted workload. It lost the workload in the transaction that deleted it, and there the change
     * is recorded; in a later one, of a sweep, nothing visible changes.
     */
    void unassigned(TenantId tenantId, WorkloadId workloadId, TokenId tokenId) {
        Touched touched = tenants.get(tenantId.value());
        if (touched != null && touched.workloads.contains(workloadId.value())) {
            touched.tokens.add(tokenId.value());
        }
    }

    void token(TenantId tenantId, TokenId tokenId) {
        touched(tenantId).tokens.add(tokenId.value());
    }

    /**
     * Advances the positions. Call it after all other locks are taken: transactions that change the same tenant wait from here until this one
     * ends.
     */
    void write(ClosingStatements closing) {
        tenants.forEach((tenantId, touched) -> advance(new TenantId(tenantId), touched, closing));
    }

    /**
     * Fails if the tenant has no position: the record would have no number, and other replicas would miss the change.
     */
    private static void advance(TenantId tenantId, Touched touched, ClosingStatements closing) {
        boolean everything = touched.everything || touched.count() > MAX_LISTED;
        closing.add(
                tenantId,
                """
                WITH position AS (
                    UPDATE tenant_positions SET number = number + 1, previous_tag = tag, tag = ?
                    WHERE tenant_id = ?
                    RETURNING number, tag, previous_tag)
                INSERT INTO tenant_changes (
                    tenant_id, number, tag, previous_tag, everything, token_ids, user_ids, workload_ids, create_time)
                VALUES (
                    ?, (SELECT number FROM position), (SELECT tag FROM position), (SELECT previous_tag FROM position),
                    ?, ?, ?, ?, now())
                """,
                UUID.randomUUID(),
                tenantId.value(),
                tenantId.value(),
                everything,
                listed(touched.tokens, everything),
                listed(touched.users, everything),
                listed(touched.workloads, everything));
    }

    private static UUID[] listed(Set<UUID> ids, boolean everything) {
        return everything ? new UUID[0] : ids.toArray(UUID[]::new);
    }

    private Touched touched(TenantId tenantId) {
        return tenants.computeIfAbsent(tenantId.value(), id -> new Touched());
    }

    private static final class Touched {
        final Set<UUID> tokens = new TreeSet<>();
        final Set<UUID> users = new TreeSet<>();
        final Set<UUID> workloads = new TreeSet<>();
        boolean everything;

        int count() {
            return tokens.size() + users.size() + workloads.size();
        }
    }
}
