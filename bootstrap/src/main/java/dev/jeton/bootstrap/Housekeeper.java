package dev.jeton.bootstrap;

import dev.jeton.application.port.inbound.Housekeeping;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls housekeeping at its times, on a thread of its own, whether or not it succeeded the last time; and once more when closed. */
final class Housekeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration FORGETTING_INTERVAL = Duration.ofHours(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Housekeeping housekeeping;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jeton-housekeeping"));

    private Housekeeper(Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
    }

    static Housekeeper start(Housekeeping housekeeping, Duration useInterval) {
        Housekeeper housekeeper = new Housekeeper(housekeeping);
        housekeeper.every(useInterval, housekeeper::recordUse);
        housekeeper.every(FORGETTING_INTERVAL, housekeeper::forgetTheOld);
        return housekeeper;
    }

    /** To be called when no more calls come in, so that the last uses are written down too. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Housekeeping did not end within {} s", STOP_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        recordUse();
    }

    private void every(Duration interval, Runnable task) {
        thread.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void recordUse() {
        attempt("write down when tokens were last used", housekeeping::recordUse);
    }

    private void forgetTheOld() {
        attempt("forget what is over for long", housekeeping::forgetTheOld);
    }

    private static void attempt(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("Could not {}, which is tried again: {}", what, Failures.oneLine(e));
            log.debug("The cause is", e);
        }
    }
}
