package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.millis;
import static dev.jeton.benchmark.ResultTable.rate;

import dev.jeton.benchmark.LoadProcess.Measured;
import java.nio.file.Path;

/** P1, P2 and P3: how fast verification is. Not thread-safe. */
final class VerificationSpeed {
    private static final double P1_RATIO = 0.75;
    private static final double P1_SPREAD_RATIO = 0.65;
    private static final double P2_LOOK_UPS = 1.3;
    private static final double P3_ECHOES = 2;

    private final TestBed bed;
    private double mostPerSecond = Double.NaN;

    VerificationSpeed(TestBed bed) {
        this.bed = bed;
    }

    /** @param messages verify tokens in ten tenants */
    void tenTenants(Path messages) {
        bed.loads().touchAll(messages);
        Comparison comparison = bed.loads().fullAgainstEcho(messages);
        mostPerSecond = comparison.subject().perSecond();
        bed.table().addReference("(a)", "bare echo, 128 in flight", comparison.reference());
        String what = "VerifyToken, %,d tokens in 10 tenants, 128 in flight"
                .formatted(bed.scale().tokens());
        bed.table().add("P1", what, P1_RATIO, "echo", comparison);
    }

    /** @param messages verify tokens in many tenants */
    void manyTenants(Path messages) {
        bed.loads().touchAll(messages);
        Comparison comparison = bed.loads().fullAgainstEcho(messages);
        String what = "the same, %,d tokens in %,d tenants"
                .formatted(bed.scale().tokens(), bed.scale().tenants());
        bed.table().add("P1", what, P1_SPREAD_RATIO, "echo", comparison);
    }

    /** @param lookUpMillis median of a single prepared lookup */
    void oneByOne(Path messages, double lookUpMillis) {
        Comparison comparison = bed.loads().oneByOneAgainstEcho(messages);
        double echo = comparison.reference().report().p50Millis();
        double p50 = comparison.subject().report().p50Millis();
        double target = echo + P2_LOOK_UPS * lookUpMillis;
        String atMost = "≤ %s: echo %s + %s × lookup %s"
                .formatted(millis(target), millis(echo), P2_LOOK_UPS, millis(lookUpMillis));
        String what = "the same as P1 with 1 in flight, p50";
        bed.table().add("P2", what, atMost, millis(p50), comparison.cores(), p50 / target, p50 <= target);
    }

    /** Measures the latency at half the rate of {@link #tenTenants}. */
    void atHalf(Path messages) {
        if (Double.isNaN(mostPerSecond)) {
            throw new IllegalStateException("P1 gave no rate to halve");
        }
        Comparison comparison = bed.loads().atRateAgainstEcho(messages, mostPerSecond / 2);
        Measured measured = comparison.subject();
        String latencies = "%s (p50 %s, p99.9 %s) at %s"
                .formatted(
                        millis(measured.report().p99Millis()),
                        millis(measured.report().p50Millis()),
                        millis(measured.report().p999Millis()),
                        rate(measured.perSecond()));
        String atMost = "≤ %s × echo's %s at that rate"
                .formatted(P3_ECHOES, millis(comparison.reference().report().p99Millis()));
        String what = "p99 at half of P1's rate";
        double ratio = comparison.ratio();
        bed.table().add("P3", what, atMost, latencies, comparison.cores(), ratio, ratio <= P3_ECHOES);
    }
}
