package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Results.Met;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** P8: how much memory the server needs, and whether it is as fast with little. */
final class MemoryLines {
    private static final double MEBIBYTES = 450;
    private static final double RATIO = 0.6;
    private static final double KIBIBYTES = 1024;

    private final Bench bench;

    MemoryLines(Bench bench) {
        this.bench = bench;
    }

    /** Restarts the server with little memory; restart it afterwards. */
    void measure() throws IOException {
        bench.scene().restart(List.of("-Xmx256m"));
        int hot = bench.form().hot();
        Path messages = bench.tokens()
                .requestsAtRandom(bench.tokens().ten(), hot, bench.tokens().filled());
        bench.loads().touchAll(messages);
        bench.loads().full(messages);
        Versus versus = Versus.byRate(bench.form().rounds(), () -> bench.loads().fullEcho(messages), () -> bench.loads()
                .full(messages));
        bench.results().note("P8", versus.subject());
        bench.results()
                .add(
                        "P8",
                        "P1 with -Xmx256m over %,d hot tokens".formatted(hot),
                        "≥ %s × echo".formatted(RATIO),
                        rateAndLatency(versus.subject()),
                        ratio(versus.ratio()),
                        Met.when(versus.ratio() >= RATIO));
        addMemory();
    }

    private void addMemory() throws IOException {
        Path status =
                Path.of("/proc", Long.toString(bench.scene().server().process().pid()), "status");
        if (!Files.isReadable(status)) {
            bench.results().add("P8", "resident memory", "", "not told by this system", "", Met.TOLD);
            return;
        }
        double now = mebibytes(status, "VmRSS:");
        double most = mebibytes(status, "VmHWM:");
        bench.results()
                .add(
                        "P8",
                        "resident memory of the server then",
                        "≤ %.0f MiB".formatted(MEBIBYTES),
                        "%.0f MiB (at most %.0f MiB)".formatted(now, most),
                        ratio(most / MEBIBYTES),
                        Met.when(most <= MEBIBYTES));
    }

    private static double mebibytes(Path status, String name) throws IOException {
        String line = Files.readAllLines(status).stream()
                .filter(candidate -> candidate.startsWith(name))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip()) / KIBIBYTES;
    }
}
