package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.inbound.upkeep.Sweeping;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.token.UsageBuffer;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HousekeeperTest {

    @Test
    void runsAgainAfterAFailure() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        Housekeeping failing = new Recorder(() -> {
            twice.countDown();
            throw new IllegalStateException("no database");
        });

        try (Housekeeper housekeeper = Housekeeper.start(
                failing, new Rehasher(() -> {}), new Sealer(() -> {}), () -> false, Duration.ofMillis(1), null)) {
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
        }
    }

    @Test
    void rehashesOnceMoreWhenItIsClosed() {
        AtomicInteger times = new AtomicInteger();

        Housekeeper.start(
                        new Recorder(() -> {}),
                        new Rehasher(times::incrementAndGet),
                        new Sealer(() -> {}),
                        () -> false,
                        Duration.ofHours(1),
                        null)
                .close();

        assertThat(times).hasValue(1);
    }

    @Test
    void savesALastUseRecordedDuringTheLastRoundWhenItIsClosed() throws Exception {
        UsageBuffer usage = new UsageBuffer(10);
        TokenKey passed = new TokenKey(Tenants.anId(), Tokens.anId());
        TokenKey other = new TokenKey(Tenants.anId(), Tokens.anId());
        usage.record(passed, Instant.EPOCH);
        usage.record(other, Instant.EPOCH);
        Map<TokenKey, Instant> written = new ConcurrentHashMap<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Thread> closer = new CompletableFuture<>();
        UsageLog log = uses -> {
            if (written.isEmpty()) {
                begun.countDown();
                awaitWaiting(closer.join());
                uses.forEach((token, time) -> usage.record(token, time.plusSeconds(60)));
            }
            written.putAll(uses);
        };
        Housekeeper housekeeper = Housekeeper.start(
                new Recorder(() -> usage.flushTo(log, 1)),
                new Rehasher(() -> {}),
                new Sealer(() -> {}),
                () -> false,
                Duration.ofMillis(1),
                null);

        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(housekeeper::close);
        closing.start();
        closer.complete(closing);
        closing.join();

        assertThat(written.values()).containsExactlyInAnyOrder(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void sealsAgainAfterAFailureAndOnceMoreWhenItIsClosed() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger times = new AtomicInteger();
        Sealer failing = new Sealer(() -> {
            times.incrementAndGet();
            twice.countDown();
            throw new IllegalStateException("no database");
        });

        int before;
        try (Housekeeper housekeeper = Housekeeper.start(
                new Recorder(() -> {}), new Rehasher(() -> {}), failing, () -> false, Duration.ofHours(1), null)) {
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
            before = times.get();
        }

        assertThat(times).hasValueGreaterThan(before);
    }

    @Test
    @Tag("G18")
    void sweepsUntilNothingIsLeftAndPausesAsLongAsASliceTakes() throws Exception {
        long sliceMillis = 50;
        List<Long> starts = new CopyOnWriteArrayList<>();
        CountDownLatch swept = new CountDownLatch(4);
        Sweeping slow = () -> {
            starts.add(System.nanoTime());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(sliceMillis));
            swept.countDown();
            return swept.getCount() > 0;
        };

        try (Housekeeper housekeeper = Housekeeper.start(
                new Recorder(() -> {}),
                new Rehasher(() -> {}),
                new Sealer(() -> {}),
                slow,
                Duration.ofHours(1),
                null)) {
            assertThat(swept.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
        }

        for (int i = 1; i < 4; i++) {
            assertThat(starts.get(i) - starts.get(i - 1))
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * sliceMillis - 5));
        }
    }

    @Test
    void purgesTheTrailOfEveryTenantUntilNothingIsLeft() {
        TenantId tampered = Tenants.anId();
        TenantId large = Tenants.anId();
        List<TenantId> purged = new ArrayList<>();
        Sealer chaining = new Sealer(() -> {}, List.of(tampered, large), tenantId -> {
            purged.add(tenantId);
            if (tenantId.equals(tampered)) {
                throw new IllegalStateException("tampered with");
            }
            return purged.size() < 4;
        });

        try (Housekeeper housekeeper = Housekeeper.start(
                new Recorder(() -> {}),
                new Rehasher(() -> {}),
                chaining,
                () -> false,
                Duration.ofHours(1),
                Duration.ofDays(1))) {
            housekeeper.purgeAuditEvents(Duration.ofDays(1));
        }

        assertThat(purged).containsExactly(tampered, large, large, large);
    }

    private record Sealer(Runnable onSeal, List<TenantId> tenants, Predicate<TenantId> onPurge)
            implements AuditChaining {
        Sealer(Runnable onSeal) {
            this(onSeal, List.of(), tenantId -> false);
        }

        @Override
        public int seal() {
            onSeal.run();
            return 0;
        }

        @Override
        public boolean purge(TenantId tenantId, Duration retention) {
            return onPurge.test(tenantId);
        }

        @Override
        public List<ChainCheckpoint> checkpoints() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint) {
            throw new UnsupportedOperationException();
        }
    }

    private record Rehasher(Runnable onRehash) implements SecretHashMaintenance {
        @Override
        public void requireKeys() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean rehash() {
            onRehash.run();
            return false;
        }
    }

    private record Recorder(BooleanSupplier onRecord) implements Housekeeping {
        Recorder(Runnable onRecord) {
            this(() -> {
                onRecord.run();
                return false;
            });
        }

        @Override
        public boolean saveLastUsed() {
            return onRecord.getAsBoolean();
        }

        @Override
        public void purgeExpired() {}
    }
}
