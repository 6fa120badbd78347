package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.rate;
import static dev.jeton.benchmark.ResultTable.rateAndLatency;

import dev.jeton.benchmark.LoadProcess.Measured;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** P16: how fast a server is in the seconds after it says that it serves, against the same server later. */
final class YouthSpeed {
    private static final double FIRST_SECONDS = 5;
    private static final double YOUNG_SECONDS = 30;
    private static final double FIRST_RATIO = 0.25;
    private static final double YOUNG_RATIO = 0.6;
    private static final double FIRST_P99_MILLIS = 100;

    private final TestBed bed;

    YouthSpeed(TestBed bed) {
        this.bed = bed;
    }

    /** Measures with and without a warm-up. Restarts the server. */
    void measure() {
        Path messages = bed.tokens().requests(bed.tokens().ten(), bed.scale().few());
        add(median(messages, "--warm-up=10s"), ", after a warm-up of 10 s");
        add(median(messages, "--warm-up=0"), ", without a warm-up");
    }

    private void add(Youth youth, String with) {
        String steady = "steady %s".formatted(rate(youth.steady().perSecond()));
        CoreUse cores = youth.first()
                .cores()
                .withOthersOf(youth.next().cores())
                .withOthersOf(youth.steady().cores());
        double p99 = youth.first().report().p99Millis();
        bed.table()
                .add(
                        "P16",
                        "P1's load over %,d tokens in the first %.0f s%s"
                                .formatted(bed.scale().few(), FIRST_SECONDS, with),
                        "≥ %s × %s, p99 ≤ %.0f ms".formatted(FIRST_RATIO, steady, FIRST_P99_MILLIS),
                        String.format(
                                Locale.ROOT,
                                "%s; served %.1f s after its start",
                                rateAndLatency(youth.first()),
                                youth.startSeconds()),
                        cores,
                        youth.firstRatio(),
                        youth.firstRatio() >= FIRST_RATIO && p99 <= FIRST_P99_MILLIS);
        bed.table()
                .add(
                        "P16",
                        "the same in the first %.0f s".formatted(YOUNG_SECONDS),
                        "≥ %s × %s".formatted(YOUNG_RATIO, steady),
                        rate(youth.youngPerSecond()),
                        cores,
                        youth.youngRatio(),
                        youth.youngRatio() >= YOUNG_RATIO);
    }

    private Youth median(Path messages, String option) {
        List<Youth> rounds = Stream.generate(() -> youth(messages, option))
                .limit(bed.scale().rounds())
                .sorted(Comparator.comparingDouble(Youth::firstRatio))
                .toList();
        return rounds.get(rounds.size() / 2);
    }

    private Youth youth(Path messages, String option) {
        bed.restart(List.of(), option);
        Measured first = bed.loads().atOnce(messages, FIRST_SECONDS);
        Measured next = bed.loads().atOnce(messages, YOUNG_SECONDS - FIRST_SECONDS);
        bed.loads().atOnce(messages, bed.scale().agingSeconds());
        double startSeconds = bed.server().startTime().toMillis() / 1e3;
        return new Youth(startSeconds, first, next, bed.loads().full(messages));
    }

    /** One server's rates. */
    private record Youth(double startSeconds, Measured first, Measured next, Measured steady) {

        double firstRatio() {
            return first.perSecond() / steady.perSecond();
        }

        double youngPerSecond() {
            double seconds = first.report().seconds() + next.report().seconds();
            return (first.report().right() + next.report().right()) / seconds;
        }

        double youngRatio() {
            return youngPerSecond() / steady.perSecond();
        }
    }
}
