package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.AuditChaining;
import dev.jeton.application.port.inbound.ChainReport;
import dev.jeton.application.port.inbound.Housekeeping;
import dev.jeton.application.port.inbound.SecretKeeping;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeeperTest {

    @Test
    void goesOnAfterAFailure() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        Housekeeping failing = new Recorder(() -> {
            twice.countDown();
            throw new IllegalStateException("no database");
        });

        try (Housekeeper housekeeper =
                Housekeeper.start(failing, new Rehasher(() -> {}), new Sealer(() -> {}), Duration.ofMillis(1))) {
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
        }
    }

    @Test
    void recordsUseAndHashesAnewOnceMoreAtTheEnd() {
        AtomicInteger times = new AtomicInteger();

        Housekeeper.start(
                        new Recorder(times::incrementAndGet),
                        new Rehasher(times::incrementAndGet),
                        new Sealer(() -> {}),
                        Duration.ofHours(1))
                .close();

        assertThat(times).hasValue(2);
    }

    @Test
    void sealsAgainAfterAFailureAndOnceMoreAtTheEnd() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger times = new AtomicInteger();
        Sealer failing = new Sealer(() -> {
            times.incrementAndGet();
            twice.countDown();
            throw new IllegalStateException("no database");
        });

        int before;
        try (Housekeeper housekeeper =
                Housekeeper.start(new Recorder(() -> {}), new Rehasher(() -> {}), failing, Duration.ofHours(1))) {
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
            before = times.get();
        }

        assertThat(times).hasValueGreaterThan(before);
    }

    private record Sealer(Runnable onSeal) implements AuditChaining {
        @Override
        public int seal() {
            onSeal.run();
            return 0;
        }

        @Override
        public List<ChainCheckpoint> checkpoints() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TenantId> tenants() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint) {
            throw new UnsupportedOperationException();
        }
    }

    private record Rehasher(Runnable onRehash) implements SecretKeeping {
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

    private record Recorder(Runnable onRecord) implements Housekeeping {
        @Override
        public boolean recordUse() {
            onRecord.run();
            return false;
        }

        @Override
        public void forgetTheOld() {}
    }
}
