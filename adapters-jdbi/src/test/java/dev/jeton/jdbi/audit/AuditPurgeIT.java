package dev.jeton.jdbi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database lets housekeeping remove, and what an interrupted purge leaves. */
class AuditPurgeIT {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private static TestDatabase database;

    private final TenantId tenantId = Tenants.anId();

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Two old events and one of now. */
    @BeforeEach
    void sealThree() {
        database.transactor().inTransaction(repositories -> {
            repositories.audit().append(AuditEvents.at(tenantId, LONG_AGO));
            repositories.audit().append(AuditEvents.at(tenantId, LONG_AGO));
            repositories.audit().append(AuditEvents.at(tenantId, Instant.now()));
            return true;
        });
        database.auditChains().tryWithLock(AuditPurgeIT::seal);
    }

    @Test
    void aKilledPurgeRemovesNothing() {
        List<Chained> before = chained();

        assertThatThrownBy(() -> database.auditChains().tryWithLock(sealing -> {
                    sealing.purge(tenantId, 2, RETENTION);
                    killThePurge();
                    return true;
                }))
                .isInstanceOf(Unavailable.class);

        assertThat(chained()).isEqualTo(before).hasSize(3);
        assertThat(database.auditChains().start(tenantId)).isEqualTo(ChainStart.complete(tenantId));
        database.auditChains().tryWithLock(sealing -> {
            sealing.purge(tenantId, 2, RETENTION);
            return true;
        });
        assertThat(chained()).isEqualTo(before.subList(2, 3));
        assertThat(database.auditChains().start(tenantId).checkpoint().count()).isEqualTo(2);
    }

    @Test
    void aMissingEventCountsAsExpiredAndIsNotPurged() {
        database.backdoor()
                .useHandle(handle -> handle.execute(
                        "DELETE FROM audit_events WHERE event_id = ?",
                        chained().get(1).link().eventId().value()));

        assertThat(database.auditChains().tryWithLock(sealing -> sealing.expired(tenantId, RETENTION, 100)))
                .hasValueSatisfying(expired -> assertThat(expired).hasSize(2));
        assertThatThrownBy(
                        () -> database.as(DatabaseRole.HOUSEKEEPING).useHandle(handle -> purge(handle, "2, '1 day'")))
                .hasMessageContaining("Not all of these");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_events",
                "DELETE FROM audit_chain",
                "UPDATE audit_events SET create_time = '2001-01-01'",
                "UPDATE audit_checkpoints SET position = 2",
                "DELETE FROM audit_checkpoints",
                "INSERT INTO audit_checkpoints SELECT tenant_id, position, hash, now(), now() FROM audit_chain"
            })
    void housekeepingRemovesNothingByItself(String statement) {
        assertThatThrownBy(() -> database.as(DatabaseRole.HOUSEKEEPING).useHandle(handle -> handle.execute(statement)))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @EnumSource(value = DatabaseRole.class, mode = Mode.EXCLUDE, names = "HOUSEKEEPING")
    void noOtherRoleMayPurge(DatabaseRole role) {
        boolean allowed = database.backdoor().withHandle(handle -> handle.createQuery(
                        "SELECT has_function_privilege(:role, 'jeton_purge_audit_events(uuid, bigint, interval)', 'EXECUTE')")
                .bind("role", role.roleName())
                .mapTo(Boolean.class)
                .one());

        assertThat(allowed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2, '23 hours'", "2, NULL", "2, '-1 day'", "3, '1 day'", "0, '1 day'", "4, '1 day'"})
    void refusesWhatIsYoungNotSealedOrTooShortARetention(String values) {
        database.transactor().inTransaction(repositories -> {
            repositories.audit().append(AuditEvents.at(tenantId, LONG_AGO));
            return true;
        });

        assertThatThrownBy(() -> database.as(DatabaseRole.HOUSEKEEPING).useHandle(handle -> purge(handle, values)))
                .hasMessageContaining("udit events");
        assertThat(chained()).hasSize(3);
    }

    @Test
    void aCallerCannotRedirectThePurgeToTablesOfItsOwn() {
        assertThatThrownBy(() -> database.as(DatabaseRole.HOUSEKEEPING).useTransaction(handle -> {
                    handle.execute("CREATE TEMPORARY TABLE audit_events AS SELECT * FROM public.audit_events");
                    handle.execute("UPDATE audit_events SET create_time = '2001-01-01'");
                    handle.execute("SET LOCAL search_path = pg_temp, public");
                    purge(handle, "3, '1 day'");
                }))
                .hasMessageContaining("older than the retention");
        assertThat(chained()).hasSize(3);
    }

    private void purge(Handle handle, String values) {
        handle.createQuery("SELECT public.jeton_purge_audit_events(:tenantId, " + values + ")")
                .bind("tenantId", tenantId.value())
                .mapTo(Long.class)
                .one();
    }

    private static void killThePurge() {
        List<Boolean> killed = database.backdoor()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                        WHERE datname = current_database() AND state = 'idle in transaction'
                        """).mapTo(Boolean.class).list());
        assertThat(killed).containsExactly(true);
    }

    private List<Chained> chained() {
        return database.auditChains().chained(tenantId, 0, 100);
    }

    private static boolean seal(Sealing sealing) {
        List<AuditEvent> events = sealing.pending(100);
        Set<TenantId> tenants =
                Set.copyOf(events.stream().map(AuditEvent::tenantId).toList());
        sealing.append(AuditChain.extend(sealing.heads(tenants), events));
        return true;
    }
}
