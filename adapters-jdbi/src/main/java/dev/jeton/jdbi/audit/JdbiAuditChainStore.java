package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Tables {@code audit_chain}, {@code audit_pending} and {@code audit_checkpoints}, across tenants. Thread-safe. */
public final class JdbiAuditChainStore implements AuditChainStore {
    /** The advisory lock held while sealing, until the transaction ends. */
    private static final long LOCK = 0x6a65746f6e617564L;

    private static final ChainCheckpointRowMapper CHECKPOINTS = new ChainCheckpointRowMapper();
    private static final ChainedRowMapper CHAINED = new ChainedRowMapper();

    private final Transactions transactions;

    public JdbiAuditChainStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Locks before the first read, so that every read sees all that was sealed before. */
    @Override
    public <T> Optional<T> tryWithLock(Function<Sealing, T> work) {
        return transactions.run(handle -> {
            boolean locked = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
            return locked ? Optional.of(work.apply(new JdbiSealing(handle))) : Optional.empty();
        });
    }

    @Override
    public Optional<TenantId> tenantAfter(@Nullable TenantId tenantId) {
        String condition = tenantId == null ? "" : "WHERE tenant_id > :tenantId";
        return transactions.run(handle -> {
            Query query = handle.createQuery("""
                    SELECT least(
                        (SELECT tenant_id FROM audit_events %1$s ORDER BY tenant_id, event_id LIMIT 1),
                        (SELECT tenant_id FROM audit_pending %1$s ORDER BY tenant_id, event_id LIMIT 1),
                        (SELECT tenant_id FROM audit_chain %1$s ORDER BY tenant_id, position LIMIT 1),
                        (SELECT tenant_id FROM audit_checkpoints %1$s ORDER BY tenant_id LIMIT 1))
                    """.formatted(condition));
            if (tenantId != null) {
                query.bind("tenantId", tenantId.value());
            }
            return query.mapTo(UUID.class).findOne().map(TenantId::new);
        });
    }

    @Override
    public ChainCheckpoint head(TenantId tenantId) {
        return transactions.run(handle -> handle.createQuery(ChainCheckpointRowMapper.HEADS)
                .bind("tenantIds", new UUID[] {tenantId.value()})
                .map(CHECKPOINTS)
                .findOne()
                .orElse(ChainCheckpoint.empty(tenantId)));
    }

    @Override
    public ChainStart start(TenantId tenantId) {
        return transactions.run(handle -> start(handle, tenantId));
    }

    static ChainStart start(Handle handle, TenantId tenantId) {
        return handle.createQuery("""
                        SELECT tenant_id, position, hash, create_time FROM audit_checkpoints WHERE tenant_id = :tenantId
                        """)
                .bind("tenantId", tenantId.value())
                .map((row, context) ->
                        new ChainStart(CHECKPOINTS.map(row, context), Columns.instant(row, "create_time")))
                .findOne()
                .orElse(ChainStart.complete(tenantId));
    }

    @Override
    public List<Chained> chained(TenantId tenantId, long after, int limit) {
        return transactions.run(handle -> handle.createQuery("SELECT " + ChainedRowMapper.COLUMNS_AND_TABLES + """
                        WHERE c.tenant_id = :tenantId AND c.position > :after
                        ORDER BY c.position
                        LIMIT :limit
                        """)
                .bind("tenantId", tenantId.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(CHAINED)
                .list());
    }

    @Override
    public List<Recorded> recorded(TenantId tenantId, @Nullable AuditEventId eventId, int limit) {
        String condition = eventId == null ? "" : "AND e.event_id > :after";
        return transactions.run(handle -> {
            Query query = handle.createQuery("""
                            SELECT e.event_id,
                                   EXISTS (SELECT FROM audit_chain c
                                           WHERE c.tenant_id = e.tenant_id AND c.event_id = e.event_id)
                                   OR EXISTS (SELECT FROM audit_pending p
                                              WHERE p.tenant_id = e.tenant_id AND p.event_id = e.event_id) AS known
                            FROM audit_events e
                            WHERE e.tenant_id = :tenantId %s
                            ORDER BY e.event_id
                            LIMIT :limit
                            """.formatted(condition))
                    .bind("tenantId", tenantId.value())
                    .bind("limit", limit);
            if (eventId != null) {
                query.bind("after", eventId.value());
            }
            return query.map((row, context) ->
                            new Recorded(new AuditEventId(Columns.uuid(row, "event_id")), row.getBoolean("known")))
                    .list();
        });
    }

    @Override
    public Optional<AuditEventId> lost(TenantId tenantId) {
        return transactions.run(handle -> handle.createQuery("""
                        SELECT p.event_id FROM audit_pending p
                        WHERE p.tenant_id = :tenantId
                          AND NOT EXISTS (
                              SELECT FROM audit_events e
                              WHERE e.tenant_id = p.tenant_id AND e.event_id = p.event_id OFFSET 0)
                        ORDER BY p.event_id
                        LIMIT 1
                        """)
                .bind("tenantId", tenantId.value())
                .mapTo(UUID.class)
                .findOne()
                .map(AuditEventId::new));
    }
}
