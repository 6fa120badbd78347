package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.rateAndLatency;
import static dev.jeton.benchmark.ResultTable.ratio;

import dev.jeton.benchmark.LoadProcess.Measured;
import java.nio.file.Path;
import java.util.List;

/** P4: how verification slows down as the number of tokens grows, and its speed with a cold cache. Not thread-safe. */
final class GrowthEffect {
    private static final double SLOWER = 1.2;
    private static final double COLD_RATIO = 0.25;

    private final TestBed bed;
    private double fewRatio;

    GrowthEffect(TestBed bed) {
        this.bed = bed;
    }

    /** Measures with few tokens. Call first. */
    void few() {
        Path messages = bed.tokens().requests(bed.tokens().ten(), bed.scale().few());
        bed.loads().touchAll(messages);
        // Both servers are cold at the first load of a run.
        bed.loads().fullEcho(messages);
        bed.loads().full(messages);
        Comparison comparison = bed.loads().fullAgainstEcho(messages);
        fewRatio = comparison.ratio();
        String what =
                "verification with %,d tokens: %s × echo".formatted(bed.scale().few(), ratio(fewRatio));
        bed.table().addReference("P4", what, comparison.subject());
    }

    /** Measures with many tokens. */
    void many() {
        int hot = bed.scale().hot();
        Path messages = bed.tokens().requestsAtRandom(hot);
        bed.loads().touchAll(messages);
        Comparison comparison = bed.loads().fullAgainstEcho(messages);
        double slower = fewRatio / comparison.ratio();
        String what = "verification with %,d tokens, %,d of them hot"
                .formatted(bed.tokens().filled(), hot);
        String atMost = "≤ %s × slower than with few, each against its echo".formatted(SLOWER);
        Measured many = comparison.subject();
        bed.table().add("P4", what, atMost, rateAndLatency(many), comparison.cores(), slower, slower <= SLOWER);
    }

    /**
     * Measures the first verification of each token after a restart. Other tokens warm up the code, so that only the cache is cold.
     *
     * @param others requests for tokens of other tenants, to warm up the code
     */
    void cold(Path others) {
        bed.restart(List.of());
        Path messages = bed.tokens().requestsAtRandom(bed.scale().cold());
        bed.loads().full(others);
        bed.loads().full(others);
        Comparison comparison = Comparison.ofRates(
                1, () -> bed.loads().fullEcho(messages), () -> bed.loads().firstTouch(messages));
        String what = "the first verification of each token after a start, at random among %,d"
                .formatted(bed.tokens().filled());
        bed.table().add("P4", what, COLD_RATIO, "echo", comparison);
    }
}
