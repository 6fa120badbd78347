package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.rate;
import static dev.jeton.benchmark.ResultTable.rateAndLatency;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Load;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** P10: how much token changes slow down verification. */
final class ChangeCost {
    private static final int TOKENS_PER_SECOND = 200;
    private static final int CHANGING = 1_000;
    private static final int CALLERS = 32;
    private static final double RATIO = 0.9;

    /** The minimum share of the changes to be made. */
    private static final double ENOUGH = 0.9;

    /** Long, because the JIT compiler counts calls and there are only 400 changes a second. */
    private static final int WARM_UPS = 8;

    private final TestBed bed;
    private final List<String> changing;

    ChangeCost(TestBed bed) {
        this.bed = bed;
        SeededRandom random = new SeededRandom();
        changing = IntStream.range(0, CHANGING)
                .mapToObj(number -> bed.tokens().ten().id(number, random).toString())
                .toList();
    }

    /** Changing tokens are verified like all others, but their verdict may also be VERDICT_CANCELLED. */
    void measure() throws InterruptedException {
        Path messages = bed.tokens()
                .requests(
                        bed.tokens().ten(),
                        IntStream.range(0, bed.scale().tokens()),
                        number -> number < CHANGING ? VerifyLoads.ALLOWED_OR_CANCELLED : VerifyLoads.ALLOWED);
        try (Changes changes = new Changes()) {
            Thread.sleep((long) (WARM_UPS * bed.scale().warmUpSeconds() * 1_000));
            Progress.say("changed %.0f tokens a second to warm up", changes.perSecond());
        }
        List<Double> rates = new ArrayList<>();
        Comparison comparison = Comparison.ofRates(
                bed.scale().rounds(), () -> bed.loads().full(messages), () -> changeAndVerify(messages, rates));
        double rate = Comparison.median(rates);
        Measured measured = comparison.subject();
        String what = "P1 while %d tokens a second are cancelled and reactivated".formatted(TOKENS_PER_SECOND);
        String atLeast = "≥ %s × P1 beside it".formatted(RATIO);
        String figure = "%s, with %s changed".formatted(rateAndLatency(measured), rate(rate));
        boolean met = comparison.ratio() >= RATIO && rate >= TOKENS_PER_SECOND * ENOUGH;
        bed.table().add("P10", what, atLeast, figure, measured, comparison.ratio(), met);
    }

    private Measured changeAndVerify(Path messages, List<Double> rates) {
        try (Changes changes = new Changes()) {
            Measured measured = bed.loads().full(messages);
            rates.add(changes.perSecond());
            return measured;
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
