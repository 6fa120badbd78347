package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.millis;
import static dev.jeton.benchmark.ResultTable.rate;
import static dev.jeton.benchmark.ResultTable.rateAndLatency;

import dev.jeton.benchmark.DatabaseSpeed.Speed;
import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.v1.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** P10, P11 and P12: how much token changes slow down verification, how long one takes, and its processor time. */
final class ChangeCost {
    private static final int TOKENS_PER_SECOND = 200;
    private static final int CHANGING = 1_000;
    private static final int CALLERS = 32;
    private static final double RATIO = 0.8;
    private static final double LATENCY_RATIO = 3;
    private static final double PROCESSOR_RATIO = 4;

    /** Of the changes to be made; the last ones may be under way at the end. */
    private static final double ALL = 0.99;

    private final TestBed bed;
    private final List<String> changing;

    ChangeCost(TestBed bed) {
        this.bed = bed;
        SeededRandom random = new SeededRandom();
        changing = IntStream.range(0, CHANGING)
                .mapToObj(number -> bed.tokens().ten().id(number, random).toString())
                .toList();
    }

    /** P10. Changing tokens are verified like all others, but their verdict may also be VERDICT_CANCELLED. */
    void beside() {
        Path messages = bed.tokens()
                .requests(
                        bed.tokens().ten(),
                        IntStream.range(0, bed.scale().tokens()),
                        number -> number < CHANGING ? VerifyLoads.ALLOWED_OR_CANCELLED : VerifyLoads.ALLOWED);
        try (Changes changes = new Changes()) {
            bed.loads().atOnce(messages, bed.scale().mixSeconds());
            Progress.say("changed %.0f tokens a second to warm up", changes.perSecond());
        }
        List<Double> rates = new ArrayList<>();
        Comparison comparison = Comparison.ofRates(
                bed.scale().rounds(), () -> bed.loads().full(messages), () -> changeAndVerify(messages, rates));
        double rate = Comparison.median(rates);
        Measured measured = comparison.subject();
        String what = "P1 while %d tokens a second are cancelled and reactivated".formatted(TOKENS_PER_SECOND);
        String atLeast = "≥ %s × P1 beside it, all changed".formatted(RATIO);
        String figure = "%s, with %s changed".formatted(rateAndLatency(measured), rate(rate));
        boolean met = comparison.ratio() >= RATIO && rate >= TOKENS_PER_SECOND * ALL;
        bed.table().add("P10", what, atLeast, figure, comparison.cores(), comparison.ratio(), met);
    }

    private Measured changeAndVerify(Path messages, List<Double> rates) {
        try (Changes changes = new Changes()) {
            Measured measured = bed.loads().full(messages);
            rates.add(changes.perSecond());
            return measured;
        }
    }

    /** P11 and P12, by one administrator with one call in flight, in turn with durable inserts by one client. */
    void alone() {
        Api operator = bed.api();
        String tenantId = bed.tokens().ten().owner(0).tenantId().toString();
        String secret = operator.credential(operator.user(tenantId, Role.ROLE_TENANT_ADMIN), "jeton:manage");
        Api admin = new Api(bed.server().as(secret));
        cancels(admin, bed.scale().mixSeconds());
        List<Alone> rounds = new ArrayList<>();
        for (int round = 0; round < bed.scale().rounds(); round++) {
            rounds.add(alone(admin));
        }
        Alone median = rounds.stream()
                .sorted((one, other) -> Double.compare(one.latencyRatio(), other.latencyRatio()))
                .toList()
                .get(rounds.size() / 2);
        CoreUse cores = rounds.stream().map(Alone::cores).reduce(median.cores(), CoreUse::withOthersOf);
        cores = rounds.stream().map(round -> round.insert().cores()).reduce(cores, CoreUse::withOthersOf);
        bed.table()
                .add(
                        "P11",
                        "CancelToken by an administrator, 1 in flight, p50",
                        "≤ %s × durable insert's %s"
                                .formatted(LATENCY_RATIO, millis(median.insert().p50Millis())),
                        millis(median.p50Millis()),
                        cores,
                        median.latencyRatio(),
                        median.latencyRatio() <= LATENCY_RATIO);
        double processor =
                Comparison.median(rounds.stream().map(Alone::processorRatio).toList());
        bed.table()
                .add(
                        "P12",
                        "processor time of one change, server + PostgreSQL",
                        "≤ %s × durable insert's, client + PostgreSQL: %s"
                                .formatted(PROCESSOR_RATIO, millis(median.insertProcessorMillis())),
                        millis(median.serverMillis()) + " + " + millis(median.postgresMillis()),
                        cores,
                        processor,
                        processor <= PROCESSOR_RATIO);
    }

    private Alone alone(Api admin) {
        Histogram[] cancels = new Histogram[1];
        CoreUse cores = bed.use(() -> cancels[0] = cancels(admin, bed.scale().seconds()));
        double changesPerSecond = 2 * cancels[0].count() / bed.scale().seconds();
        return new Alone(cancels[0].percentile(50) / 1e6, changesPerSecond, cores, new References(bed).insertsOfOne());
    }

    /** Cancels and reactivates a token, and returns the latencies of the cancels. */
    private Histogram cancels(Api admin, double seconds) {
        Histogram latencies = new Histogram();
        String id = changing.get(0);
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until) {
            long began = System.nanoTime();
            admin.cancel(id, "benchmark");
            latencies.add(System.nanoTime() - began);
            admin.reactivate(id);
        }
        return latencies;
    }

    /**
     * Changes one at a time, and inserts after them.
     *
     * @param p50Millis of a cancel
     * @param cores used by the changes
     */
    private record Alone(double p50Millis, double changesPerSecond, CoreUse cores, Speed insert) {

        double latencyRatio() {
            return p50Millis / insert.p50Millis();
        }

        double serverMillis() {
            return cores.server() / changesPerSecond * 1e3;
        }

        double postgresMillis() {
            return cores.postgres() / changesPerSecond * 1e3;
        }

        double insertProcessorMillis() {
            return (insert.cores().load() + insert.cores().postgres()) / insert.perSecond() * 1e3;
        }

        double processorRatio() {
            return (serverMillis() + postgresMillis()) / insertProcessorMillis();
        }
    }

    /** Cancels and reactivates tokens in turn until closed; then all are active. Thread-safe. */
    private final class Changes implements AutoCloseable {
        private final Api api = bed.api();
        private final AtomicInteger turn = new AtomicInteger();
        private final AtomicLong changed = new AtomicLong();
        private final long began = System.nanoTime();
        private final Load load = Load.onThreads(CALLERS, caller -> this::change);

        /** Tokens cancelled and reactivated. */
        double perSecond() {
            return changed.get() / ((System.nanoTime() - began) / 1e9);
        }

        private void change() throws InterruptedException {
            int number = turn.getAndIncrement();
            long due = began + TimeUnit.SECONDS.toNanos(number) / TOKENS_PER_SECOND;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            String id = changing.get(number % changing.size());
            api.cancel(id, "benchmark");
            api.reactivate(id);
            changed.incrementAndGet();
        }

        @Override
        public void close() {
            load.close();
        }
    }
}
