package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import java.nio.file.Path;
import java.util.List;

/** P4: how verification slows down as tokens become many, and how it is when the server knows none of them. Not thread-safe. */
final class GrowthLines {
    private static final double SLOWER = 1.2;
    private static final double COLD_RATIO = 0.25;

    private final Bench bench;
    private double fewRatio;

    GrowthLines(Bench bench) {
        this.bench = bench;
    }

    /** To be called while there are few tokens. */
    void few() {
        Path messages =
                bench.tokens().requests(bench.tokens().ten(), bench.form().few());
        bench.loads().touchAll(messages);
        // The first load of a run finds both servers cold.
        bench.loads().fullEcho(messages);
        bench.loads().full(messages);
        Versus versus = compareWithEcho(messages);
        fewRatio = versus.ratio();
        bench.results().note("P4, few", versus.subject());
        add(
                "verification with %,d tokens".formatted(bench.form().few()),
                "",
                versus.subject(),
                ratio(fewRatio) + " × echo",
                Met.TOLD);
    }

    /** To be called when there are many. */
    void many() {
        int hot = bench.form().hot();
        Path messages = bench.tokens()
                .requestsAtRandom(bench.tokens().ten(), hot, bench.tokens().filled());
        bench.loads().touchAll(messages);
        Versus versus = compareWithEcho(messages);
        double slower = fewRatio / versus.ratio();
        bench.results().note("P4, many", versus.subject());
        add(
                "verification with %,d tokens, %,d of them hot"
                        .formatted(bench.tokens().filled(), hot),
                "≤ %s × slower than with few, each against the echo beside it".formatted(SLOWER),
                versus.subject(),
                ratio(slower) + " × slower",
                Met.when(slower <= SLOWER));
    }

    /**
     * Restarts the server. Other tokens warm its code up, so that what is cold is its table.
     *
     * @param others requests for tokens of other tenants
     */
    void cold(Path others) {
        bench.scene().restart(List.of());
        int of = bench.tokens().filled();
        Path messages = bench.tokens()
                .requestsAtRandom(
                        bench.tokens().ten(), Math.min(of, bench.form().cold()), of);
        bench.loads().full(others);
        bench.loads().full(others);
        Versus versus = Versus.byRate(
                1, () -> bench.loads().fullEcho(messages), () -> bench.loads().firstTouch(messages));
        bench.results().note("P4, cold", versus.subject());
        add(
                "the first verification of each token after a start, at random among %,d".formatted(of),
                "≥ %s × echo".formatted(COLD_RATIO),
                versus.subject(),
                ratio(versus.ratio()),
                Met.when(versus.ratio() >= COLD_RATIO));
    }

    private Versus compareWithEcho(Path messages) {
        return Versus.byRate(bench.form().rounds(), () -> bench.loads().fullEcho(messages), () -> bench.loads()
                .full(messages));
    }

    private void add(String what, String target, Measured measured, String ratio, Met met) {
        bench.results().add("P4", what, target, rateAndLatency(measured), ratio, met);
    }
}
