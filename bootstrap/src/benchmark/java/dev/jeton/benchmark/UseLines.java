package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import com.google.protobuf.Timestamp;
import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** P9: what it costs to write down when tokens were last used, and how late that is. */
final class UseLines {
    private static final double RATIO = 0.95;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LATE = Duration.ofSeconds(60);
    private static final String OFTEN = "10s";

    /** As rarely as a server may. */
    private static final String RARELY = "40s";

    private static final long LOOK_EVERY_MILLIS = 200;

    private final Bench bench;

    UseLines(Bench bench) {
        this.bench = bench;
    }

    /**
     * Compares servers that write every ten seconds, three times as often as by default, with servers of the same age that first write when
     * the measurement is over: the compilers do more than what is to be measured. What noting a use in memory costs is in both. Restarts the server; afterwards it still writes every ten seconds.
     */
    void measure() throws InterruptedException {
        int hot = bench.form().hot();
        Path messages = bench.tokens()
                .requestsAtRandom(bench.tokens().ten(), hot, bench.tokens().filled());
        Versus versus = Versus.byRate(
                bench.form().rounds(), () -> restartAndLoad(messages, RARELY), () -> restartAndLoad(messages, OFTEN));
        bench.results().note("P9", versus.subject());
        bench.results()
                .add(
                        "P9",
                        "P1 over %,d tokens while their last use is written down, against not".formatted(hot),
                        "≥ " + RATIO,
                        rateAndLatency(versus.subject()),
                        ratio(versus.ratio()),
                        Met.when(versus.ratio() >= RATIO));
        addLateness();
    }

    private Measured restartAndLoad(Path messages, String interval) {
        bench.scene().restart(List.of(), "--use-interval=" + interval);
        bench.loads().touchAll(messages);
        return bench.loads().full(messages);
    }

    private void addLateness() throws InterruptedException {
        JetonServer server = bench.scene().server();
        Population.Made token = bench.tokens().ten().token(bench.tokens().filled() - 1, new SeededRandom());
        TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(server.as(server.operatorToken()));
        // Two uses within a second may count as one.
        long before = System.currentTimeMillis() - 1_000;
        Verdict verdict = VerificationServiceGrpc.newBlockingStub(server.as(server.operatorToken()))
                .verifyToken(VerifyTokenRequest.newBuilder()
                        .setSecret(token.secret().revealSecret())
                        .build())
                .getVerdict();
        if (verdict != Verdict.VERDICT_ALLOWED) {
            throw new IllegalStateException("The verdict on a token in use is " + verdict);
        }
        long used = System.nanoTime();
        GetTokenRequest request =
                GetTokenRequest.newBuilder().setTokenId(token.id().toString()).build();
        Duration late = Duration.ZERO;
        while (late.compareTo(PATIENCE) < 0
                && millis(tokens.getToken(request).getToken().getLastUsedTime()) < before) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            late = Duration.ofNanos(System.nanoTime() - used);
        }
        bench.results()
                .add(
                        "P9",
                        "last_used_time is there after",
                        "≤ 60 s",
                        String.format(Locale.ROOT, "%.1f s", late.toMillis() / 1e3),
                        ratio((double) late.toMillis() / LATE.toMillis()),
                        Met.when(late.compareTo(LATE) <= 0));
    }

    private static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }
}
