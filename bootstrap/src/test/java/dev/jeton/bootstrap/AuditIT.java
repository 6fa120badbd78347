package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.bootstrap.endtoend.RunningJeton;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code audit} commands on a running server. Each test has a tenant whose trail is {@value #EVENTS} sealed events, and tampers with SQL.
 */
class AuditIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private static final int EVENTS = 5;
    private static final int TENANTS = 13;

    private static final Queue<List<AuditEvent>> SEALED = new ArrayDeque<>();

    @TempDir
    private static Path directory;

    private static Database database;
    private static Connection sql;
    private static int earlierLog;

    private final List<AuditEvent> events = SEALED.remove();
    private final TenantId tenantId = events.get(0).tenantId();

    /** Seals all trails at once, because sealing takes the server up to a second. */
    @BeforeAll
    static void sealTrails() throws SQLException {
        earlierLog = JETON.process().log().length();
        Login login = JETON.process().database();
        database = WarmDatabase.open(DatabaseSettings.of(login.url(), login.user(), login.password()));
        sql = DriverManager.getConnection(login.url(), login.user(), login.password());
        for (int i = 0; i < TENANTS; i++) {
            TenantId tenantId = Tenants.anId();
            SEALED.add(Stream.generate(() -> AuditEvents.of(tenantId))
                    .limit(EVENTS)
                    .toList());
        }
        database.transactor().inTransaction(repositories -> {
            SEALED.forEach(trail -> trail.forEach(repositories.audit()::append));
            return true;
        });
        for (List<AuditEvent> trail : SEALED) {
            Awaiting.until(() -> links(trail.get(0).tenantId()), links -> links == EVENTS);
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        sql.close();
        database.close();
        assertThat(JETON.process().log().substring(earlierLog)).doesNotContain("ERROR", "WARN");
    }

    @Test
    void anUntouchedTrailIsIntactWithAndWithoutACheckpoint() throws Exception {
        Path checkpoint = checkpoint();

        assertThat(Files.readString(checkpoint)).containsPattern(tenantId + " 5 [0-9a-f]{64}\n");
        assertIntact();
        assertIntact("--checkpoint=" + checkpoint);
    }

    @Test
    void namesAChangedEvent() throws SQLException {
        execute("UPDATE audit_events SET change_new_values = '{Forged}' WHERE event_id = ?", id(2));

        assertTampered("at position 3, event " + id(2) + ": CHANGED");
    }

    @Test
    void worksInASeparateProcess() throws SQLException {
        try (JetonProcess command =
                JetonProcess.run(directory, "audit", "checkpoint", "--data-dir=" + JETON.dataDirectory())) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            assertThat(command.output()).containsPattern(tenantId + " 5 [0-9a-f]{64}");
        }
        execute("DELETE FROM audit_events WHERE event_id = ?", id(0));
        try (JetonProcess command = JetonProcess.run(directory, verify())) {
            assertThat(command.exitStatus()).as(command.log()).isEqualTo(1);
            assertThat(command.output()).startsWith(tenantId + " TAMPERED at position 1, event " + id(0));
        }
    }

    @Test
    void namesAnUnreadableEvent() throws SQLException {
        execute("UPDATE audit_events SET change_fields = '{NULL}' WHERE event_id = ?", id(2));

        assertTampered("at position 3, event " + id(2) + ": CHANGED");
    }

    @Test
    void namesADeletedEvent() throws SQLException {
        execute("DELETE FROM audit_events WHERE event_id = ?", id(3));

        assertTampered("at position 4, event " + id(3) + ": EVENT_REMOVED");
    }

    @Test
    void noticesAnEventDeletedWithItsLink() throws SQLException {
        execute("DELETE FROM audit_events WHERE event_id = ?", id(1));
        execute("DELETE FROM audit_chain WHERE event_id = ?", id(1));

        assertTampered("at position 2, event unknown: LINK_REMOVED");
    }

    @Test
    void namesSwappedEvents() throws SQLException {
        UUID between = AuditEvents.anId().value();
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", between, id(1));
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", id(1), id(3));
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", id(3), between);

        assertTampered("at position 2, event " + id(1) + ": SWAPPED");
    }

    @Test
    void namesAnInsertedEvent() throws SQLException {
        UUID forged = AuditEvents.anId().value();
        execute("""
                INSERT INTO audit_events
                SELECT tenant_id, ?, create_time, actor_user_id, actor_token_id, acting_user_id, action, resource_type,
                       resource_id, change_fields, change_old_values, change_new_values, call_id
                FROM audit_events WHERE event_id = ?
                """, forged, id(4));

        assertTampered("at no position, event " + forged + ": INSERTED");
    }

    @Test
    void noticesARewrittenChainOnlyWithACheckpoint() throws Exception {
        Path checkpoint = checkpoint();
        execute("UPDATE audit_events SET change_new_values = '{Forged}' WHERE event_id = ?", id(2));
        rewriteChain();

        assertIntact();
        assertTampered("at position 5, event " + id(4) + ": DIFFERS_FROM_CHECKPOINT", "--checkpoint=" + checkpoint);
    }

    @Test
    void noticesAMissingEndOnlyWithACheckpoint() throws Exception {
        Path checkpoint = checkpoint();
        execute("DELETE FROM audit_events WHERE event_id = ?", id(4));
        execute("DELETE FROM audit_chain WHERE event_id = ?", id(4));

        assertIntact();
        assertTampered("at position 5, event unknown: SHORTER_THAN_CHECKPOINT", "--checkpoint=" + checkpoint);
    }

    @Test
    void saysFromWhereItVerifiedAfterAPurge() throws Exception {
        makeOld(4);
        AuditChaining chaining = new AuditChainUseCases(database.auditChains());
        assertThat(chaining.purge(tenantId, Duration.ofDays(400))).isFalse();
        Path after = checkpoint();

        for (String[] options : new String[][] {{}, {"--checkpoint=" + after}}) {
            CommandRun command = CommandRun.of(verify(options));
            assertThat(command.exitStatus()).as(command.log()).isZero();
            assertThat(command.output())
                    .matches(tenantId + " intact: 1 events, last hash [0-9a-f]{64}, from position 5;"
                            + " earlier events were purged, up to 2001-01-01T00:00:00Z\\s*");
        }
    }

    @Test
    void noticesTamperingAfterAPurge() throws Exception {
        makeOld(3);
        new AuditChainUseCases(database.auditChains()).purge(tenantId, Duration.ofDays(400));
        execute("UPDATE audit_checkpoints SET hash = sha256('forged') WHERE tenant_id = ?", tenantId.value());

        assertTampered("at position 4, event " + id(3) + ": CHANGED");
        execute("DELETE FROM audit_checkpoints WHERE tenant_id = ?", tenantId.value());
        assertTampered("at position 1, event unknown: LINK_REMOVED");
    }

    /** Makes the first events older, as if the trail had been written long ago. */
    private void makeOld(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            execute("UPDATE audit_events SET create_time = '2001-01-01 00:00Z' WHERE event_id = ?", id(i));
        }
        rewriteChain();
    }

    @Test
    void namesTheReasonWhenItCannotVerify(@TempDir Path empty) throws Exception {
        Path noCheckpoint = Files.writeString(empty.resolve("checkpoint"), "something else\n");

        assertCannotVerify(
                "Data directory " + empty + " has no database yet", "audit", "verify", "--data-dir=" + empty);
        assertCannotVerify(
                "Data directory " + empty + " has no database yet", "audit", "checkpoint", "--data-dir=" + empty);
        assertCannotVerify("--tenant Acme: must be a tenant ID", "audit", "verify", "--tenant=Acme");
        assertCannotVerify("line 1: must be a tenant ID", "audit", "verify", "--checkpoint=" + noCheckpoint);
        assertCannotVerify("verify", "audit");
    }

    private void assertIntact(String... options) {
        CommandRun command = CommandRun.of(verify(options));

        assertThat(command.exitStatus()).as(command.output() + command.log()).isZero();
        assertThat(command.output()).contains(tenantId + " intact: ").doesNotContain("TAMPERED");
    }

    private void assertTampered(String what, String... options) {
        CommandRun command = CommandRun.of(verify(options));

        assertThat(command.exitStatus()).as(command.output() + command.log()).isEqualTo(1);
        assertThat(command.output()).startsWith(tenantId + " TAMPERED " + what);
    }

    private static void assertCannotVerify(String why, String... arguments) {
        CommandRun command = CommandRun.of(arguments);

        assertThat(command.exitStatus()).as(command.output() + command.log()).isEqualTo(2);
        assertThat(command.log()).contains(why).doesNotContain("\tat ");
    }

    private String[] verify(String... options) {
        return Stream.concat(
                        Stream.of("audit", "verify", "--tenant=" + tenantId, "--data-dir=" + JETON.dataDirectory()),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    private static Path checkpoint() throws IOException {
        CommandRun command = CommandRun.of("audit", "checkpoint", "--data-dir=" + JETON.dataDirectory());

        assertThat(command.exitStatus()).as(command.log()).isZero();
        return Files.writeString(Files.createTempFile(directory, "checkpoint", ""), command.output() + "\n");
    }

    /** Recomputes the chain from the tampered events, as anyone who knows the algorithm can. */
    private void rewriteChain() throws SQLException {
        List<AuditEvent> forged = new ArrayList<>(database.transactor()
                .inTransaction(
                        repositories -> repositories.audit().page(tenantId, AuditFilter.NONE, PageRequest.first(100)))
                .items());
        Collections.reverse(forged);
        for (ChainLink link : AuditChain.extend(Map.of(), forged)) {
            execute(
                    "UPDATE audit_chain SET hash = ? WHERE event_id = ?",
                    link.hash().bytes(),
                    link.eventId().value());
        }
    }

    private UUID id(int index) {
        return events.get(index).id().value();
    }

    private static long links(TenantId tenantId) {
        try (PreparedStatement statement =
                sql.prepareStatement("SELECT count(*) FROM audit_chain WHERE tenant_id = ?")) {
            statement.setObject(1, tenantId.value());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = sql.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
    }
}
