package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.QuietMachine;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.faults.BrokenPromise.Kind;
import dev.jeton.v1.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Injects a fault into a test bed under load, ends it, waits for recovery, and judges every call and the final state of the database.
 * {@link Clients} make the calls, {@link Judge} judges them. Experiments can run one after another on a test bed.
 */
final class Experiment {
    /** The promised times, asserted on a quiet machine. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(2_500);

    private static final Duration SERVED_WITHIN = Duration.ofSeconds(5);

    /** Always asserted. */
    private static final Duration ANSWERED_AT_ALL_WITHIN = Duration.ofSeconds(65);

    private static final Duration SERVED_AT_ALL_WITHIN = Duration.ofSeconds(120);
    private static final Duration MOMENT = Duration.ofMillis(Form.pick(200, 500, 500));
    private static final int TENANTS = 8;

    /** Thread pools fill up while callers wait. */
    private static final int MORE_THREADS = 40;

    private final TestBed testBed;
    private final Fault fault;
    private final Size size;
    private final List<BrokenPromise> violations = new ArrayList<>();
    private final Clients clients;
    private final List<User> owners;
    private final QuietMachine beforeFault = new QuietMachine();

    /**
     * The size of an experiment.
     *
     * @param changes acknowledged before a kill or failover; a tenth of that before other faults and after every fault
     * @param cuts commits to cut
     */
    record Size(long changes, long cuts) {
        static Size ofForm() {
            return Form.pick(new Size(60, 30), new Size(200, 60), new Size(1_300, 520));
        }
    }

    private Experiment(TestBed testBed, Fault fault, Size size, SplittableRandom random) throws SQLException {
        this.testBed = testBed;
        this.fault = fault;
        this.size = size;
        owners = testBed.owners(TENANTS);
        clients = new Clients(testBed, owners, random);
    }

    static Outcome run(TestBed testBed, Fault fault, Size size, SplittableRandom random) throws Exception {
        return new Experiment(testBed, fault, size, random).run();
    }

    private Outcome run() throws Exception {
        long cutsBefore = testBed.proxy().cuts();
        int threads;
        double othersBefore;
        long beginning;
        long begun;
        long ended;
        long served;
        QuietMachine sinceFault;
        try (clients) {
            long before = fault.isKill() || fault.isFailover() ? size.changes : size.changes / 10;
            require(() -> clients.acknowledged() >= before, "too few changes are acknowledged before");
            threads = testBed.threads();
            othersBefore = beforeFault.othersCores();
            beginning = Time.now();
            Fault.End end = fault.begin(testBed, clients);
            begun = Time.now();
            long ending;
            try {
                TimeUnit.MILLISECONDS.sleep(fault.until == Fault.Until.NOW ? 0 : MOMENT.toMillis());
                // Measured again after killed processes are gone, because their processor time is lost.
                sinceFault = new QuietMachine();
                awaitEnough(begun, cutsBefore);
            } finally {
                ending = Time.now();
                end.run();
            }
            ended = Time.now();
            judgeVerifications(begun, ending);
            // Without fencing, server 1 stays with the old primary, which can no longer commit.
            int servers = fault == Fault.FAILOVER_WITHOUT_FENCING ? 1 : testBed.size();
            if (!Clients.await(() -> clients.areServedSince(ended, servers))) {
                violations.add(new BrokenPromise(Kind.LATE, "not all servers serve again"));
            }
            served = Time.now();
            long after = clients.acknowledged() + (fault.isFailover() ? size.changes : size.changes / 10);
            Clients.await(() -> clients.acknowledged() >= after);
        }
        double othersCores = Math.max(othersBefore, sinceFault.othersCores());
        judgeLeaks(threads);
        List<Call> calls = clients.calls();
        Duration longest = micros(calls.stream()
                .mapToLong(call -> call.ended() - call.started())
                .max()
                .orElse(0));
        boolean timesJudged = Form.current() != Form.SMOKE && !fault.isFailover() && QuietMachine.isQuiet(othersCores);
        judgeTime("the longest call took", longest, timesJudged ? ANSWERED_WITHIN : ANSWERED_AT_ALL_WITHIN);
        judgeTime("served again after", micros(served - ended), timesJudged ? SERVED_WITHIN : SERVED_AT_ALL_WITHIN);
        List<StoredToken> stored = stored(calls);
        violations.addAll(0, Judge.judge(calls, stored));
        return new Outcome(
                fault,
                calls,
                stored,
                clients.acknowledged(),
                calls.stream()
                        .filter(call -> call.isAcknowledged(TokenOperation.CANCEL))
                        .filter(call -> call.started() > beginning && call.ended() < begun)
                        .count(),
                clients.unknown(),
                testBed.proxy().cuts() - cutsBefore,
                longest,
                micros(ended - begun),
                micros(served - ended),
                othersCores,
                timesJudged,
                List.copyOf(violations));
    }

    private void awaitEnough(long begun, long cutsBefore) throws InterruptedException {
        long manyRefused = clients.unknown() + 2 * Clients.COUNT;
        switch (fault.until) {
            case NOW, MOMENT -> {}
            case ALL_REFUSED -> require(() -> clients.areAllRefusedSince(begun), "not every client is refused");
            case MANY_REFUSED -> require(() -> clients.unknown() >= manyRefused, "too few calls are refused");
            case ENOUGH_CUTS ->
                require(() -> testBed.proxy().cuts() - cutsBefore >= size.cuts, "too few commits to cut");
        }
    }

    private void judgeVerifications(long begun, long ending) {
        if (fault.stopsVerification()) {
            clients.calls().stream()
                    .filter(call -> call.operation() == TokenOperation.VERIFY && !call.isUnknown())
                    .filter(call -> call.started() > begun && call.ended() < ending)
                    .forEach(call ->
                            violations.add(new BrokenPromise(Kind.WRONG, "answered without database: " + call)));
        }
    }

    private void judgeTime(String what, Duration took, Duration limit) {
        if (took.compareTo(limit) > 0) {
            violations.add(new BrokenPromise(Kind.LATE, what + " " + took));
        }
    }

    /** There may be more connections than before, but not more than the pools hold. */
    private void judgeLeaks(int threadsBefore) throws Exception {
        int maxThreads = threadsBefore + MORE_THREADS;
        Clients.await(() -> testBed.threads() <= maxThreads && testBed.connections() <= testBed.maxConnections());
        int threads = testBed.threads();
        int connections = testBed.connections();
        if (threads > maxThreads || connections > testBed.maxConnections()) {
            violations.add(new BrokenPromise(
                    Kind.LEAKED, "threads %d -> %d, connections %d".formatted(threadsBefore, threads, connections)));
        }
    }

    private List<StoredToken> stored(List<Call> calls) throws SQLException {
        List<String> tenantIds = owners.stream().map(User::getTenantId).toList();
        try (Connection connection = testBed.store().connect()) {
            return StoredToken.read(connection, tenantIds, calls);
        }
    }

    private void require(BooleanSupplier condition, String otherwise) throws InterruptedException {
        if (!Clients.await(condition)) {
            throw new IllegalStateException(fault + ": " + otherwise);
        }
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
