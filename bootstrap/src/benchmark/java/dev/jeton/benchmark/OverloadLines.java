package dev.jeton.benchmark;

import dev.jeton.benchmark.Results.Met;
import java.io.IOException;

/** G14: whether overload is shed, and revocations go first. */
final class OverloadLines {
    private static final double GOODPUT = 0.8;
    private static final double REVOCATIONS = 0.99;
    private static final double TIMES_AS_LONG = 4;

    /** A young process creates ever more while it is compiled. */
    private static final double TIMES_AS_WARM = 3;

    private final Bench bench;

    OverloadLines(Bench bench) {
        this.bench = bench;
    }

    void measure() throws IOException {
        Overload overload = new Overload(bench.scene().server(), bench.scene().file("overload"));
        Overload.Outcome outcome =
                overload.run(bench.form().warmUpSeconds(), bench.form().seconds() * TIMES_AS_LONG);
        bench.results().note("G14, as much as can be done", outcome.most());
        bench.results().note("G14, ten times as much", outcome.overloaded());
        bench.results()
                .add(
                        "G14",
                        "CreateToken, asked for %d times as often as can be done".formatted(Overload.TIMES),
                        "≥ %s of it done; ≥ %s of cancels and deletes".formatted(GOODPUT, REVOCATIONS),
                        outcome.toString(),
                        "%.2f; %.3f".formatted(outcome.goodput(), outcome.answeredRevocations()),
                        Met.when(outcome.goodput() >= GOODPUT && outcome.answeredRevocations() >= REVOCATIONS));
    }
}
