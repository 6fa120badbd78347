package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.millis;
import static dev.jeton.benchmark.Results.rate;
import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import java.nio.file.Path;

/** P1, P2 and P3: how fast verification is. */
final class VerifyLines {
    private static final double P1_RATIO = 0.6;
    private static final double P1_SPREAD_RATIO = 0.5;
    private static final double P2_LOOK_UPS = 1.3;
    private static final double P3_MILLIS = 3;

    private final Bench bench;

    VerifyLines(Bench bench) {
        this.bench = bench;
    }

    /** @return the calls per second */
    double full(Path messages) {
        Versus versus = compareWithEcho(messages);
        bench.results().note("echo", versus.reference());
        bench.results().note("P1", versus.subject());
        bench.results().add("(a)", "bare echo, 128 in flight", "", rateAndLatency(versus.reference()), "", Met.TOLD);
        add(
                "P1",
                "VerifyToken, %,d tokens in 10 tenants, 128 in flight"
                        .formatted(bench.form().tokens()),
                P1_RATIO,
                versus);
        return versus.subject().perSecond();
    }

    /** @param messages of tokens in many tenants */
    void spread(Path messages) {
        bench.loads().touchAll(messages);
        Versus versus = compareWithEcho(messages);
        bench.results().note("P1, spread", versus.subject());
        String what = "the same, %,d tokens in %,d tenants"
                .formatted(bench.form().tokens(), bench.form().tenants());
        add("P1", what, P1_SPREAD_RATIO, versus);
    }

    /** @param lookUpMillis of a single prepared look-up */
    void oneByOne(Path messages, double lookUpMillis) {
        Versus versus =
                Versus.byLatency(bench.form().rounds(), () -> bench.loads().echoOneByOne(messages), () -> bench.loads()
                        .oneByOne(messages));
        double echo = versus.reference().report().p50Millis();
        double p50 = versus.subject().report().p50Millis();
        double target = echo + P2_LOOK_UPS * lookUpMillis;
        bench.results().note("P2", versus.subject());
        bench.results()
                .add(
                        "P2",
                        "the same as P1 with 1 in flight, p50",
                        "≤ %s: echo %s + 1.3 × look-up %s"
                                .formatted(millis(target), millis(echo), millis(lookUpMillis)),
                        millis(p50),
                        ratio(p50 / target),
                        Met.when(p50 <= target));
    }

    /** @param most calls per second that the server can do */
    void atHalf(Path messages, double most) {
        Measured measured = bench.loads().atRate(messages, most / 2);
        double p99 = measured.report().p99Millis();
        bench.results().note("P3", measured);
        bench.results()
                .add(
                        "P3",
                        "p99 at half of P1's rate",
                        "≤ " + millis(P3_MILLIS),
                        "%s (p50 %s, p99.9 %s) at %s"
                                .formatted(
                                        millis(p99),
                                        millis(measured.report().p50Millis()),
                                        millis(measured.report().p999Millis()),
                                        rate(measured.perSecond())),
                        ratio(p99 / P3_MILLIS),
                        Met.when(p99 <= P3_MILLIS));
    }

    private Versus compareWithEcho(Path messages) {
        return Versus.byRate(bench.form().rounds(), () -> bench.loads().fullEcho(messages), () -> bench.loads()
                .full(messages));
    }

    private void add(String line, String what, double target, Versus versus) {
        bench.results()
                .add(
                        line,
                        what,
                        "≥ %s × echo".formatted(target),
                        rateAndLatency(versus.subject()),
                        ratio(versus.ratio()),
                        Met.when(versus.ratio() >= target));
    }
}
