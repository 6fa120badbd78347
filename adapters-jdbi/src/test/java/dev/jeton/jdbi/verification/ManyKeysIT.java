package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.verification.ChangesQuery.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/** No statement of verification grows with the number of waiting callers, their batches or the changes to catch up with. */
class ManyKeysIT {
    private static final int BATCHES = 60;
    private static final int BATCH = 101;

    private final TestDatabase database = TestDatabase.shared();

    @Test
    void batchesThatArriveTogetherShareLoadsOfLimitedSize() {
        AtomicInteger loads = new AtomicInteger();
        Jdbi counted = database.as(DatabaseRole.VERIFICATION);
        counted.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                loads.incrementAndGet();
            }
        });
        try (JdbiTokenLookup lookup = new JdbiTokenLookup(
                database.as(DatabaseRole.VERIFICATION), counted, 1, 1 << 20, Duration.ofSeconds(20))) {
            List<CompletableFuture<Snapshot>> reads = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                reads.add(lookup.read(tokens(BATCH), workloads(BATCH)).toCompletableFuture());
            }
            reads.forEach(CompletableFuture::join);
        }

        int keys = BATCHES * 2 * BATCH;
        assertThat(loads.get()).isBetween(keys / (1_000 + 2 * BATCH), BATCHES);
    }

    @Test
    void thoseFurthestBehindAreNotCaughtUp() {
        List<Span> spans = Stream.concat(
                        Stream.generate(() -> span(900)).limit(6),
                        Stream.generate(() -> span(10)).limit(20))
                .toList();

        List<Span> affordable = JdbiTokenLookup.affordable(spans);

        assertThat(affordable).containsAll(spans.subList(6, 26)).hasSize(20 + 5);
    }

    @Test
    void changesOfTooManyTokensAreReadInPart() {
        TenantId tenantId = Tenants.anId();
        List<UUID> ids =
                Stream.generate(() -> Tokens.anId().value()).limit(1_000).toList();
        database.backdoor().useHandle(handle -> {
            for (int number = 1; number <= 30; number++) {
                handle.execute("""
                        INSERT INTO tenant_changes (
                            tenant_id, number, tag, previous_tag, everything, token_ids, user_ids, workload_ids, create_time)
                        VALUES (?, ?, gen_random_uuid(), gen_random_uuid(), false, ?, '{}', '{}', now())
                    """, tenantId.value(), number, ids.toArray(UUID[]::new));
            }
        });

        Map<TenantId, List<Change>> changes = database.as(DatabaseRole.VERIFICATION)
                .withHandle(handle -> ChangesQuery.run(
                        handle,
                        List.of(new Span(
                                tenantId, new Position(0, new UUID(0, 0)), new Position(30, new UUID(0, 0))))));

        assertThat(changes.get(tenantId))
                .extracting(change -> change.position().number())
                .containsExactlyElementsOf(Stream.iterate(1L, number -> number + 1)
                        .limit(ChangesQuery.MAX_IDS / 1_000)
                        .toList());
    }

    private static Span span(long length) {
        return new Span(Tenants.anId(), new Position(7, new UUID(0, 0)), new Position(7 + length, new UUID(0, 0)));
    }

    private static Set<TokenKey> tokens(int count) {
        return Stream.generate(() -> new TokenKey(Tenants.anId(), Tokens.anId()))
                .limit(count)
                .collect(Collectors.toSet());
    }

    private static Set<WorkloadKey> workloads(int count) {
        return Stream.generate(() -> new WorkloadKey(Tenants.anId(), Workloads.anId()))
                .limit(count)
                .collect(Collectors.toSet());
    }
}
