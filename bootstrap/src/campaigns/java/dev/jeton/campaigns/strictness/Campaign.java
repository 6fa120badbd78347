package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Load;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Revokes and restores tokens in every way through two replicas under a background load of verifications. Then repeatedly pauses the second
 * replica while tokens are cancelled through the first. Judges every answer. Single use; thread-safe.
 */
final class Campaign {
    private static final int BATCH = 4;
    private static final int SINGLES_PER_BATCH = 7;
    private static final int CANCELLATIONS_PER_PROGRESS_LINE = 5_000;
    private static final Executor SOON = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    private final Replica first;
    private final Replica second;
    private final Plan plan;
    private final long seed;
    private final ProbePool pool = new ProbePool();
    private final String tenantId;
    private final String gateway;
    private final Map<Revocation, AtomicLong> revoked = new EnumMap<>(Revocation.class);
    private final AtomicLong failed = new AtomicLong();
    private final long started = System.nanoTime();
    private volatile boolean over;

    /**
     * The size of a campaign.
     *
     * @param cancellations end the first part, once every other revocation has happened at least once
     * @param atMost ends the first part earlier, but not before every revocation has happened once
     * @param pauses of the second replica
     * @param cancellingClients clients that cancel tokens, in addition to one client per other revocation
     * @param backgroundCalls concurrent background calls per replica
     */
    record Plan(long cancellations, Duration atMost, int pauses, int cancellingClients, int backgroundCalls) {}

    Campaign(Replica first, Replica second, Plan plan, long seed) {
        this.first = first;
        this.second = second;
        this.plan = plan;
        this.seed = seed;
        for (Revocation revocation : Revocation.values()) {
            revoked.put(revocation, new AtomicLong());
        }
        tenantId = first.operator().tenant(Probe.POLICY).getId();
        gateway = first.operator().gateway();
    }

    Report run() throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(seed);
        int cancelledDuringPauses;
        try (Load load =
                Load.async(2 * plan.backgroundCalls(), i -> verifyAny(i % 2 == 0 ? first : second, random.split()))) {
            revokeAndRestore(load);
            cancelledDuringPauses = new ReplicaPauses(first, second).run(plan.pauses(), this, random);
        }
        return new Report(
                seed,
                Duration.ofNanos(System.nanoTime() - started),
                Map.copyOf(revoked),
                cancelledDuringPauses,
                first.unanswered() + second.unanswered(),
                failed.get(),
                pool.totals());
    }

    boolean isOver() {
        boolean enough = revoked.get(Revocation.CANCEL_TOKEN).get() >= plan.cancellations()
                || System.nanoTime() - started > plan.atMost().toNanos();
        return over || enough && revoked.values().stream().allMatch(times -> times.get() > 0);
    }

    /** Creates a probe and adds it to the pool. */
    Probe newProbe(Revocation revocation) {
        Probe probe = revocation.newProbe(first.operator(), tenantId, gateway);
        pool.add(probe);
        return probe;
    }

    ProbePool pool() {
        return pool;
    }

    void countRevoked(Revocation revocation) {
        long times = revoked.get(revocation).incrementAndGet();
        if (revocation == Revocation.CANCEL_TOKEN && times % CANCELLATIONS_PER_PROGRESS_LINE == 0) {
            ProbePool.Totals totals = pool.totals();
            System.out.printf(
                    "%,d of %,d cancelled; %,d verifications judged, %,d wrong%n",
                    times, plan.cancellations(), totals.verifications(), totals.wrong());
        }
    }

    /** Counts a change that was not acknowledged. */
    void countFailed(Status status) {
        failed.incrementAndGet();
        System.err.println("A change was not acknowledged: " + status);
    }

    private void revokeAndRestore(Load background) throws InterruptedException {
        List<Revocation> revocations = new ArrayList<>(List.of(Revocation.values()));
        revocations.addAll(Collections.nCopies(plan.cancellingClients() - 1, Revocation.CANCEL_TOKEN));
        try (Load clients =
                Load.onThreads(revocations.size(), i -> new Revoker(revocations.get(i), this, first, second))) {
            while (!isOver() && !clients.hasFailed() && !background.hasFailed()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            over = true;
        }
    }

    /** Verifies random probes, sometimes in batches. */
    private Supplier<CompletionStage<Void>> verifyAny(Replica replica, SplittableRandom random) {
        return () -> {
            List<Probe> probes = pool.pick(random, random.nextInt(SINGLES_PER_BATCH + 1) == 0 ? BATCH : 1);
            return probes.isEmpty() ? CompletableFuture.runAsync(() -> {}, SOON) : replica.verify(probes);
        };
    }
}
