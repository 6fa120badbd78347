package dev.jeton.benchmark;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** P9: the cost and delay of saving last-used times. */
final class LastUsedCost {
    private static final double RATIO = 0.95;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double LATE_SECONDS = 60;
    private static final String OFTEN = "10s";

    /** The longest interval that the server accepts: the first save comes after the measurement. */
    private static final String RARELY = "40s";

    private static final long POLL_MILLIS = 200;

    private final TestBed bed;

    LastUsedCost(TestBed bed) {
        this.bed = bed;
    }

    /**
     * Compares servers that save every ten seconds, three times as often as by default, with servers of the same age that have not saved yet.
     * Both record uses in memory. Restarts the server and leaves it saving every ten seconds.
     */
    void measure() throws InterruptedException {
        int hot = bed.scale().hot();
        Path messages = bed.tokens().requestsAtRandom(hot);
        Comparison comparison = Comparison.ofRates(
                bed.scale().rounds(), () -> restartAndLoad(messages, RARELY), () -> restartAndLoad(messages, OFTEN));
        String what = "P1 over %,d tokens while their last-used times are saved".formatted(hot);
        bed.table().add("P9", what, RATIO, "without saving", comparison);
        measureDelay();
    }

    private Measured restartAndLoad(Path messages, String interval) {
        bed.restart(List.of(), "--use-interval=" + interval);
        bed.loads().touchAll(messages);
        return bed.loads().full(messages);
    }

    private void measureDelay() throws InterruptedException {
        Api api = bed.api();
        Population.Entry token = bed.tokens().ten().token(bed.tokens().filled() - 1, new SeededRandom());
        // Two uses within a second may count as one.
        Instant before = Instant.now().minusSeconds(1);
        Verdict verdict = api.verdict(
                VerifyTokenRequest.newBuilder().setSecret(token.secret().revealSecret()));
        if (verdict != Verdict.VERDICT_ALLOWED) {
            throw new IllegalStateException("The verdict on a token in use is " + verdict);
        }
        long used = System.nanoTime();
        Duration delay = Duration.ZERO;
        while (delay.compareTo(PATIENCE) < 0
                && !isAfter(before, Api.instant(api.get(token.id().toString()).getLastUsedTime()))) {
            Thread.sleep(POLL_MILLIS);
            delay = Duration.ofNanos(System.nanoTime() - used);
        }
        double seconds = delay.toMillis() / 1e3;
        String atMost = "≤ %.0f s".formatted(LATE_SECONDS);
        String measured = String.format(Locale.ROOT, "%.1f s", seconds);
        bed.table()
                .add(
                        "P9",
                        "last_used_time shows a use after",
                        atMost,
                        measured,
                        seconds / LATE_SECONDS,
                        seconds <= LATE_SECONDS);
    }

    private static boolean isAfter(Instant before, @Nullable Instant lastUsed) {
        return lastUsed != null && !lastUsed.isBefore(before);
    }
}
