package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.rate;
import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** P10: whether changes slow verification down. */
final class ChangeLines {
    private static final int TOKENS_PER_SECOND = 200;
    private static final int CHANGING = 1_000;
    private static final double RATIO = 0.9;

    /** Of the changes that should have been made. */
    private static final double ENOUGH = 0.9;

    /** Of changes alone, as a multiple of the usual time: they are too few for the compilers to be done with them any sooner. */
    private static final int WARM_UPS = 8;

    private final Bench bench;

    ChangeLines(Bench bench) {
        this.bench = bench;
    }

    /**
     * Changes are made alone first, until the server is as it is for most of its life. The changing tokens are verified as all others are; of
     * them, and of no others, the verdict may be CANCELLED too.
     */
    void measure() {
        int count = bench.form().tokens();
        Path messages = bench.tokens()
                .requests(
                        bench.tokens().ten(),
                        IntStream.range(0, count),
                        number -> number < CHANGING ? VerifyLoads.COMES_AND_GOES : 0);
        SeededRandom random = new SeededRandom();
        List<String> changing = IntStream.range(0, CHANGING)
                .mapToObj(number -> bench.tokens().ten().id(number, random).toString())
                .toList();
        warmUp(changing);
        List<Double> rates = new ArrayList<>();
        Versus versus = Versus.byRate(
                bench.form().rounds(),
                () -> bench.loads().full(messages),
                () -> changeAndLoad(changing, messages, rates));
        double rate = Median.of(rates);
        bench.results().note("P10", versus.subject());
        bench.results()
                .add(
                        "P10",
                        "P1 while %d tokens a second are cancelled and reactivated, against P1 beside it"
                                .formatted(TOKENS_PER_SECOND),
                        "≥ " + RATIO,
                        "%s, with %s changed".formatted(rateAndLatency(versus.subject()), rate(rate)),
                        ratio(versus.ratio()),
                        Met.when(versus.ratio() >= RATIO && rate >= TOKENS_PER_SECOND * ENOUGH));
    }

    private void warmUp(List<String> changing) {
        try (Changes changes = Changes.begin(bench.scene().server(), changing, TOKENS_PER_SECOND)) {
            Thread.sleep((long) (WARM_UPS * bench.form().warmUpSeconds() * 1_000));
            Progress.say("changed %.0f tokens a second to warm up", changes.perSecond());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Measured changeAndLoad(List<String> changing, Path messages, List<Double> rates) {
        try (Changes changes = Changes.begin(bench.scene().server(), changing, TOKENS_PER_SECOND)) {
            Measured measured = bench.loads().full(messages);
            rates.add(changes.perSecond());
            return measured;
        }
    }
}
