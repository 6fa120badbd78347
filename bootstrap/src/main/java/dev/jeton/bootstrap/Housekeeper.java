package dev.jeton.bootstrap;

import dev.jeton.application.port.inbound.AuditChaining;
import dev.jeton.application.port.inbound.Housekeeping;
import dev.jeton.application.port.inbound.SecretHashMaintenance;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls housekeeping, and the chaining of audit events, at their times, on threads of its own, whether or not they succeeded the last time; and once more when closed. */
final class Housekeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration FORGETTING_INTERVAL = Duration.ofHours(1);
    private static final Duration SEAL_INTERVAL = Duration.ofSeconds(1);
    /** Between the parts of a round: many uses are written down at leisure, and verification does not notice. */
    private static final Duration USE_PAUSE = Duration.ofMillis(10);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final String WRITE_USES_DOWN = "write down when tokens were last used";

    private final Housekeeping housekeeping;
    private final SecretHashMaintenance secrets;
    private final AuditChaining chaining;
    private volatile boolean closing;

    /** Two, so that neither the chaining nor the rest has to wait for the other. */
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "jeton-housekeeping"));

    private Housekeeper(Housekeeping housekeeping, SecretHashMaintenance secrets, AuditChaining chaining) {
        this.housekeeping = housekeeping;
        this.secrets = secrets;
        this.chaining = chaining;
    }

    static Housekeeper start(
            Housekeeping housekeeping, SecretHashMaintenance secrets, AuditChaining chaining, Duration useInterval) {
        Housekeeper housekeeper = new Housekeeper(housekeeping, secrets, chaining);
        housekeeper.every(SEAL_INTERVAL, housekeeper::seal);
        housekeeper.every(useInterval, () -> housekeeper.saveLastUsed(USE_PAUSE));
        housekeeper.every(useInterval, () -> housekeeper.rehash(USE_PAUSE));
        housekeeper.every(FORGETTING_INTERVAL, housekeeper::purgeExpired);
        return housekeeper;
    }

    /** To be called when no more calls come in, so that the last uses are written down and the last events chained too. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Housekeeping did not end within {} s", STOP_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What is left of a round does not come by tokens that it has passed.
        attempt(WRITE_USES_DOWN, this::wholeRound);
        attempt(WRITE_USES_DOWN, this::wholeRound);
        rehash(Duration.ZERO);
        seal();
    }

    private void wholeRound() {
        while (housekeeping.saveLastUsed()) {
            // Others are to have their turn.
        }
    }

    private void every(Duration interval, Runnable task) {
        threads.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void saveLastUsed(Duration pause) {
        attempt(WRITE_USES_DOWN, () -> {
            while (housekeeping.saveLastUsed() && !closing) {
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    private void rehash(Duration pause) {
        attempt("hash secrets anew", () -> {
            while (secrets.rehash()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    private void purgeExpired() {
        attempt("forget what is over for long", housekeeping::purgeExpired);
    }

    private void seal() {
        attempt("chain audit events", chaining::seal);
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
