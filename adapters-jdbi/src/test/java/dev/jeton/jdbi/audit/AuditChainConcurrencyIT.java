package dev.jeton.jdbi.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Appending and sealing never wait for each other. */
class AuditChainConcurrencyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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

    @Test
    void anOpenTransactionBlocksNeitherOthersNorTheChain() {
        AuditEvent late = AuditEvents.of(tenantId);
        AuditEvent early = AuditEvents.of(tenantId);

        database.transactor().inTransaction(repositories -> {
            repositories.audit().append(late);
            assertThat(CompletableFuture.runAsync(() -> append(early))).succeedsWithin(PATIENCE);
            assertThat(CompletableFuture.runAsync(AuditChainConcurrencyIT::seal))
                    .succeedsWithin(PATIENCE);
            assertThat(CompletableFuture.supplyAsync(this::chained))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(List.of(early));
            return true;
        });
        seal();

        assertThat(chained()).containsExactly(early, late);
    }

    @Test
    void sealingBlocksNoAppendAndExcludesOtherSealers() {
        AuditEvent first = append(AuditEvents.of(tenantId));

        Optional<Boolean> sealed = database.auditChains().tryWithLock(sealing -> {
            seal(sealing);
            assertThat(CompletableFuture.runAsync(() -> append(AuditEvents.of(tenantId))))
                    .succeedsWithin(PATIENCE);
            assertThat(CompletableFuture.supplyAsync(
                            () -> database.auditChains().tryWithLock(second -> true)))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(Optional.empty());
            return true;
        });

        assertThat(sealed).contains(true);
        assertThat(chained()).containsExactly(first);
    }

    @Test
    void invalidPendingRowsDoNotBlockTheChain() {
        AuditEvent event = append(AuditEvents.of(tenantId));
        seal();
        database.backdoor()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO audit_pending (tenant_id, event_id) VALUES (?, ?), (?, ?)",
                        tenantId.value(),
                        event.id().value(),
                        tenantId.value(),
                        AuditEvents.anId().value()));
        AuditEvent next = append(AuditEvents.of(tenantId));
        seal();

        assertThat(chained()).containsExactly(event, next);
    }

    private static AuditEvent append(AuditEvent event) {
        database.transactor().inTransaction(repositories -> {
            repositories.audit().append(event);
            return true;
        });
        return event;
    }

    private List<AuditEvent> chained() {
        return database.auditChains().chained(tenantId, 0, 100).stream()
                .map(AuditChainStore.Chained::event)
                .toList();
    }

    private static void seal() {
        database.auditChains().tryWithLock(AuditChainConcurrencyIT::seal);
    }

    private static boolean seal(AuditChainStore.Sealing sealing) {
        List<AuditEvent> events = sealing.pending(100);
        Set<TenantId> tenants = events.stream().map(AuditEvent::tenantId).collect(Collectors.toSet());
        sealing.append(AuditChain.extend(sealing.heads(tenants), events));
        return true;
    }
}
