package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.Housekeeping;
import java.time.Duration;
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

        try (Housekeeper housekeeper = Housekeeper.start(failing, Duration.ofMillis(1))) {
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(housekeeper).isNotNull();
        }
    }

    @Test
    void recordsUseOnceMoreAtTheEnd() {
        AtomicInteger times = new AtomicInteger();

        Housekeeper.start(new Recorder(times::incrementAndGet), Duration.ofHours(1))
                .close();

        assertThat(times).hasValue(1);
    }

    private record Recorder(Runnable onRecord) implements Housekeeping {
        @Override
        public void recordUse() {
            onRecord.run();
        }

        @Override
        public void forgetTheOld() {}
    }
}
