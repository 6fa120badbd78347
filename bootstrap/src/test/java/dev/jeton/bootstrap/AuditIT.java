package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the audit trail on a running server, which seals; each test has a tenant with five events, and tampers with SQL. */
class AuditIT {
    private static final int EVENTS = 5;
    private static final long SEALED_WITHIN_MILLIS = 15_000;

    @TempDir
    private static Path directory;

    private static JetonProcess jeton;
    private static Database database;
    private static Connection sql;

    private final TenantId tenantId = Tenants.anId();
    private final List<AuditEvent> events = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        jeton = JetonProcess.start(directory);
        Login login = login(directory);
        database = open(login);
        sql = DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    @AfterAll
    static void stop() throws SQLException {
        sql.close();
        database.close();
        assertThat(jeton.terminate()).isZero();
        assertThat(jeton.log()).doesNotContain("ERROR", "WARN");
        jeton.close();
    }

    @BeforeEach
    void haveFiveSealedEvents() throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            events.add(append(database, AuditEvents.of(tenantId)));
        }
        long deadline = System.currentTimeMillis() + SEALED_WITHIN_MILLIS;
        while (links() < EVENTS) {
            assertThat(System.currentTimeMillis())
                    .as("the server seals within %d ms", SEALED_WITHIN_MILLIS)
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void anUntouchedTrailIsIntactWithAndWithoutCheckpoint() throws Exception {
        Path checkpoint = checkpoint();

        assertThat(Files.readString(checkpoint)).containsPattern(tenantId + " 5 [0-9a-f]{64}\n");
        assertIntact();
        assertIntact("--checkpoint=" + checkpoint);
    }

    @Test
    void aChangedValueIsNamed() throws SQLException {
        execute("UPDATE audit_events SET change_new_values = '{Forged}' WHERE event_id = ?", id(2));

        assertTampered("at position 3, event " + id(2) + ": CHANGED");
    }

    @Test
    void whatIsNoEventAnyMoreIsNamed() throws SQLException {
        execute("UPDATE audit_events SET change_fields = '{NULL}' WHERE event_id = ?", id(2));

        assertTampered("at position 3, event " + id(2) + ": CHANGED");
    }

    @Test
    void aDeletedRowIsNamed() throws SQLException {
        execute("DELETE FROM audit_events WHERE event_id = ?", id(3));

        assertTampered("at position 4, event " + id(3) + ": EVENT_REMOVED");
    }

    @Test
    void aRowDeletedWithItsLinkIsNoticed() throws SQLException {
        execute("DELETE FROM audit_events WHERE event_id = ?", id(1));
        execute("DELETE FROM audit_chain WHERE event_id = ?", id(1));

        assertTampered("at position 2, event unknown: LINK_REMOVED");
    }

    @Test
    void swappedRowsAreNamed() throws SQLException {
        UUID between = AuditEvents.anId().value();
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", between, id(1));
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", id(1), id(3));
        execute("UPDATE audit_events SET event_id = ? WHERE event_id = ?", id(3), between);

        assertTampered("at position 2, event " + id(1) + ": SWAPPED");
    }

    @Test
    void anInsertedRowIsNamed() throws SQLException {
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
    void aRewrittenChainIsSeenWithTheCheckpointOnly() throws Exception {
        Path checkpoint = checkpoint();
        execute("UPDATE audit_events SET change_new_values = '{Forged}' WHERE event_id = ?", id(2));
        rewriteChain();

        assertIntact();
        assertTampered("at position 5, event " + id(4) + ": DIFFERS_FROM_CHECKPOINT", "--checkpoint=" + checkpoint);
    }

    @Test
    void aTrailWithoutItsEndIsSeenWithTheCheckpointOnly() throws Exception {
        Path checkpoint = checkpoint();
        execute("DELETE FROM audit_events WHERE event_id = ?", id(4));
        execute("DELETE FROM audit_chain WHERE event_id = ?", id(4));

        assertIntact();
        assertTampered("at position 5, event unknown: SHORTER_THAN_CHECKPOINT", "--checkpoint=" + checkpoint);
    }

    @Test
    void sealsWhenItStopsAndVerifiesWhenNoServerRuns(@TempDir Path other) throws Exception {
        AuditEvent last = AuditEvents.of(tenantId);
        try (JetonProcess stopping = JetonProcess.start(other)) {
            try (Database direct = open(login(other))) {
                append(direct, last);
            }
            assertThat(stopping.terminate()).isZero();
        }

        try (JetonProcess command = verify(other)) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            assertThat(command.output()).contains(tenantId + " intact: 1 events, last hash ");
            assertThat(command.postgres()).isEmpty();
        }
    }

    @Test
    void saysThatItCannotSay(@TempDir Path empty) throws Exception {
        Path noCheckpoint = Files.writeString(empty.resolve("checkpoint"), "something else\n");

        assertCannotSay("Data directory " + empty + " has no database yet", "audit", "verify", "--data-dir=" + empty);
        assertCannotSay(
                "Data directory " + empty + " has no database yet", "audit", "checkpoint", "--data-dir=" + empty);
        assertCannotSay("--tenant Acme: must be a tenant ID", "audit", "verify", "--tenant=Acme");
        assertCannotSay("line 1: must be a tenant ID", "audit", "verify", "--checkpoint=" + noCheckpoint);
        assertCannotSay("verify", "audit");
    }

    private void assertIntact(String... options) {
        try (JetonProcess command = verify(directory, options)) {
            assertThat(command.exitStatus())
                    .as(command.output() + command.log())
                    .isZero();
            assertThat(command.output()).contains(tenantId + " intact: ").doesNotContain("TAMPERED");
        }
    }

    private void assertTampered(String what, String... options) {
        try (JetonProcess command = verify(directory, options)) {
            assertThat(command.exitStatus())
                    .as(command.output() + command.log())
                    .isEqualTo(1);
            assertThat(command.output()).startsWith(tenantId + " TAMPERED " + what);
        }
    }

    private static void assertCannotSay(String why, String... arguments) {
        try (JetonProcess command = JetonProcess.run(directory, arguments)) {
            assertThat(command.exitStatus())
                    .as(command.output() + command.log())
                    .isEqualTo(2);
            assertThat(command.log()).contains(why).doesNotContain("\tat ");
        }
    }

    private JetonProcess verify(Path dataDirectory, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("audit", "verify", "--tenant=" + tenantId, "--data-dir=" + dataDirectory));
        Collections.addAll(arguments, options);
        return JetonProcess.run(dataDirectory, arguments.toArray(String[]::new));
    }

    private static Path checkpoint() throws Exception {
        try (JetonProcess command = JetonProcess.run(directory, "audit", "checkpoint", "--data-dir=" + directory)) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            return Files.writeString(Files.createTempFile(directory, "checkpoint", ""), command.output() + "\n");
        }
    }

    /** What somebody does who knows how the chain is made. */
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

    private long links() throws SQLException {
        try (PreparedStatement statement =
                sql.prepareStatement("SELECT count(*) FROM audit_chain WHERE tenant_id = ?")) {
            statement.setObject(1, tenantId.value());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
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

    private static AuditEvent append(Database into, AuditEvent event) {
        into.transactor().inTransaction(repositories -> {
            repositories.audit().append(event);
            return true;
        });
        return event;
    }

    private static Login login(Path dataDirectory) {
        return EmbeddedDatabase.running(DataDirectory.open(dataDirectory))
                .orElseThrow()
                .login();
    }

    private static Database open(Login login) {
        return WarmDatabase.open(DatabaseSettings.of(login.url(), login.user(), login.password()));
    }
}
