package dev.jeton.bootstrap;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.inbound.upkeep.Sweeping;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the periodic tasks on its own threads: saving last-used times, rehashing secrets, purging expired records and audit events, sweeping,
 * and sealing the audit chain. A failed task is logged and runs again at its next turn. Closing runs them once more, except purging and
 * sweeping.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
    private static final Duration SEAL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);

    /** Pause between batches, so that a large backlog does not slow down verification. */
    private static final Duration BATCH_PAUSE = Duration.ofMillis(10);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final String SAVE_LAST_USED = "save last-used times";

    private final Housekeeping housekeeping;
    private final SecretHashMaintenance secrets;
    private final AuditChaining chaining;
    private final Sweeping sweeping;
    private volatile boolean closing;

    /** Three, so that neither sealing nor a long sweep holds up the other tasks. */
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(3, task -> new Thread(task, "jeton-housekeeping"));

    private Housekeeper(
            Housekeeping housekeeping, SecretHashMaintenance secrets, AuditChaining chaining, Sweeping sweeping) {
        this.housekeeping = housekeeping;
        this.secrets = secrets;
        this.chaining = chaining;
        this.sweeping = sweeping;
    }

    /** @param auditRetention null: audit events are kept for ever */
    static Housekeeper start(
            Housekeeping housekeeping,
            SecretHashMaintenance secrets,
            AuditChaining chaining,
            Sweeping sweeping,
            Duration useInterval,
            @Nullable Duration auditRetention) {
        Housekeeper housekeeper = new Housekeeper(housekeeping, secrets, chaining, sweeping);
        housekeeper.every(SEAL_INTERVAL, housekeeper::seal);
        housekeeper.every(SWEEP_INTERVAL, housekeeper::sweep);
        housekeeper.every(useInterval, () -> housekeeper.saveLastUsed(BATCH_PAUSE));
        housekeeper.every(useInterval, () -> housekeeper.rehash(BATCH_PAUSE));
        housekeeper.every(PURGE_INTERVAL, housekeeper::purgeExpired);
        if (auditRetention != null) {
            housekeeper.every(PURGE_INTERVAL, () -> housekeeper.purgeAuditEvents(auditRetention));
        }
        return housekeeper;
    }

    /** Call this after the last call has ended, so that its last-used times are saved and its events sealed. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Housekeeping did not stop within {} s", STOP_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Twice: the first run finishes the current round, which skips tokens that it has already passed.
        attempt(SAVE_LAST_USED, this::saveAllLastUsed);
        attempt(SAVE_LAST_USED, this::saveAllLastUsed);
        rehash(Duration.ZERO);
        seal();
    }

    private void saveAllLastUsed() {
        while (housekeeping.saveLastUsed()) {
            // saveLastUsed handles one batch per call.
        }
    }

    private void every(Duration interval, Runnable task) {
        threads.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void saveLastUsed(Duration pause) {
        attempt(SAVE_LAST_USED, () -> {
            while (housekeeping.saveLastUsed() && !closing) {
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    private void rehash(Duration pause) {
        attempt("rehash secrets", () -> {
            while (secrets.rehash()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    /** Pauses as long as each slice took, so that at least half of what it uses is left to callers. */
    private void sweep() {
        attempt("sweep what was deleted", () -> {
            long began = System.nanoTime();
            while (!closing && sweeping.sweepSlice()) {
                LockSupport.parkNanos(System.nanoTime() - began);
                began = System.nanoTime();
            }
        });
    }

    private void purgeExpired() {
        attempt("purge expired records", housekeeping::purgeExpired);
    }

    /** A trail that was tampered with does not keep the others from being purged. */
    void purgeAuditEvents(Duration retention) {
        attempt("purge audit events", () -> chaining.tenants()
                .forEach(tenantId -> attempt("purge audit events", () -> {
                    while (!closing && chaining.purge(tenantId, retention)) {
                        LockSupport.parkNanos(BATCH_PAUSE.toNanos());
                    }
                })));
    }

    private void seal() {
        attempt("seal audit events", chaining::seal);
    }

    private static void attempt(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("Could not {}, will retry: {}", what, ErrorText.of(e));
            log.debug("Cause", e);
        }
    }
}
