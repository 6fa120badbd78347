package dev.jeton.jdbi.management;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.SweepRepository;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code sweeps}. */
final class JdbiSweepRepository implements SweepRepository {
    /** How many to try to lock: with fewer replicas than that, one of them is free. */
    private static final int CANDIDATES = 16;

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiSweepRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(Sweep sweep) {
        Origin origin = sweep.origin();
        scope.closing()
                .add(
                        sweep.tenantId(),
                        """
                        INSERT INTO sweeps (
                            tenant_id, resource_id, kind, action, actor_user_id, actor_token_id, acting_user_id, call_id,
                            create_time)
                        VALUES (?, ?, ?, ?, CAST(? AS uuid), CAST(? AS uuid), CAST(? AS uuid), ?, ?)
                        """,
                        sweep.tenantId().value(),
                        sweep.resourceId(),
                        sweep.kind().name(),
                        origin.action(),
                        origin.actorId() == null ? null : origin.actorId().value(),
                        origin.tokenId() == null ? null : origin.tokenId().value(),
                        origin.actingUserId() == null
                                ? null
                                : origin.actingUserId().value(),
                        origin.callId().value(),
                        sweep.time());
        if (sweep.kind() == Kind.WORKLOAD) {
            // More tokens lose it than were recorded one by one.
            changes.tenant(sweep.tenantId());
        }
    }

    /** In random order, so that a sweep that fails again and again does not hold up the others. */
    @Override
    public Optional<Sweep> lockNext() {
        List<Candidate> candidates = scope.acrossTenants(
                        "SELECT tenant_id, resource_id FROM sweeps ORDER BY random() LIMIT :limit",
                        PageRequest.first(CANDIDATES))
                .bind("limit", CANDIDATES)
                .map((row, context) -> new Candidate(Columns.tenantId(row), Columns.uuid(row, "resource_id")))
                .list();
        return candidates.stream()
                .flatMap(candidate -> lock(candidate).stream())
                .findFirst();
    }

    private Optional<Sweep> lock(Candidate candidate) {
        return scope.query(candidate.tenantId(), """
                        SELECT tenant_id, resource_id, kind, action, actor_user_id, actor_token_id, acting_user_id, call_id,
                               create_time
                        FROM sweeps WHERE tenant_id = :tenantId AND resource_id = :resourceId
                        FOR UPDATE SKIP LOCKED
                        """)
                .bind("tenantId", candidate.tenantId().value())
                .bind("resourceId", candidate.resourceId())
                .map((row, context) -> sweep(row))
                .findOne();
    }

    @Override
    public void delete(Sweep sweep) {
        scope.closing()
                .add(
                        sweep.tenantId(),
                        "DELETE FROM sweeps WHERE tenant_id = ? AND resource_id = ?",
                        sweep.tenantId().value(),
                        sweep.resourceId());
    }

    private static Sweep sweep(ResultSet row) throws SQLException {
        UUID token = Columns.uuid(row, "actor_token_id");
        Origin origin = new Origin(
                row.getString("action"),
                user(row, "actor_user_id"),
                token == null ? null : new TokenId(token),
                user(row, "acting_user_id"),
                new CallId(Columns.uuid(row, "call_id")));
        return new Sweep(
                Columns.tenantId(row),
                Kind.valueOf(row.getString("kind")),
                Columns.uuid(row, "resource_id"),
                origin,
                Columns.instant(row, "create_time"));
    }

    private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        UUID id = Columns.uuid(row, column);
        return id == null ? null : new UserId(id);
    }

    private record Candidate(TenantId tenantId, UUID resourceId) {}
}
