package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.application.port.outbound.TokenIssuance.Terms;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** The owners and workloads that a transaction holds. Not thread-safe. */
final class HeldOwners {
    private static final TokenTermsRowMapper TERMS = new TokenTermsRowMapper();

    private final Map<Owner, Terms> terms = new HashMap<>();
    private final Map<TenantId, Set<WorkloadId>> workloads = new HashMap<>();

    /** Returns the terms for a token; empty unless its owner and all its workloads are held. */
    Optional<Terms> terms(Needs needs) {
        Set<WorkloadId> held = workloads.getOrDefault(needs.tenantId(), Set.of());
        return held.containsAll(needs.workloadIds())
                ? Optional.ofNullable(terms.get(Owner.of(needs)))
                : Optional.empty();
    }

    /** Returns the owner that the row tells of. */
    Owner add(ResultSet row, StatementContext context) throws SQLException {
        TenantId tenantId = Columns.tenantId(row);
        Owner owner = new Owner(tenantId, new UserId(Columns.uuid(row, "user_id")));
        terms.put(owner, new Terms(TERMS.map(row, context), moment(row)));
        workloads.put(
                tenantId,
                Columns.uuids(row, "workload_ids").map(WorkloadId::new).collect(Collectors.toSet()));
        return owner;
    }

    private static Moment moment(ResultSet row) throws SQLException {
        Instant time = Columns.instant(row, "time");
        Instant lastTime = Columns.instant(row, "create_time");
        UUID lastEvent = Columns.uuid(row, "event_id");
        return new Moment(
                lastTime != null && lastTime.isAfter(time) ? lastTime : time,
                lastEvent == null ? null : new AuditEventId(lastEvent));
    }

    record Owner(TenantId tenantId, UserId userId) {
        static Owner of(Needs needs) {
            return new Owner(needs.tenantId(), needs.ownerId());
        }
    }
}
