package dev.jeton.benchmark;

import dev.jeton.benchmark.DriverClients.Speed;
import dev.jeton.benchmark.Results.Met;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Measures the packaged server. Says on standard error how far it is, and prints its tables on standard output. Not thread-safe. */
public final class Benchmark {
    private final Bench bench;
    private final Set<String> wanted;

    private Benchmark(Bench bench, Set<String> wanted) {
        this.bench = bench;
        this.wanted = wanted;
    }

    /** @param arguments {@code short} or {@code long}; then, if not all lines are wanted, which, such as {@code P1 P2} */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("Say short or long, and which lines if not all");
        }
        Form form = Form.of(arguments[0]);
        List<String> lines = Arrays.asList(arguments).subList(1, arguments.length);
        if (!Form.LINES.containsAll(lines)) {
            throw new IllegalArgumentException("The lines are " + Form.LINES);
        }
        Results results = new Results();
        Progress.say("%s", Machine.describe());
        try (Scene scene = Scene.set()) {
            Progress.say(
                    "the first start, with the making of the database, took %d ms",
                    scene.server().startTime().toMillis());
            VerifyLoads loads = new VerifyLoads(scene, form, new Directory(scene.server()).gateway());
            Bench bench = new Bench(scene, form, new Tokens(scene), loads, results);
            new Benchmark(bench, Set.copyOf(lines.isEmpty() ? form.lines() : lines)).run();
        }
        System.out.println(Machine.describe() + "; " + arguments[0] + " form");
        System.out.println();
        System.out.print(results.text());
    }

    private void run() {
        Form form = bench.form();
        Tokens tokens = bench.tokens();
        GrowthLines growth = new GrowthLines(bench);
        tokens.fillTo(form.few());
        measure("P4", growth::few);
        tokens.fillTo(form.tokens());
        if (wantsAny("P1", "P2", "P3")) {
            measureVerification(tokens.requests(tokens.ten(), form.tokens()));
        }
        measure("P10", () -> new ChangeLines(bench).measure());
        measure("P5", () -> new CreateLines(bench)
                .measure(new ReferenceLines(bench).inserts().perSecond()));
        measure("G14", () -> new OverloadLines(bench).measure());
        measure("P9", () -> new UseLines(bench).measure());
        Path spread = null;
        if (wantsAny("P1", "P4")) {
            spread = tokens.requests(tokens.spread(form.tenants(), form.tokens()), form.tokens());
        }
        Path elsewhere = spread;
        measure("P1", () -> new VerifyLines(bench).spread(elsewhere));
        measure("P8", () -> {
            new MemoryLines(bench).measure();
            bench.scene().restart(List.of());
        });
        if (form.grows() && wantsAny("P4", "P6")) {
            tokens.fillTo(form.many());
            measure("P4", growth::many);
        }
        measure("P6", () -> new ListLines(bench).measure());
        measure("P4", () -> growth.cold(elsewhere));
        measure("P7", () -> new StartLines(bench).measure());
    }

    private void measureVerification(Path messages) {
        VerifyLines lines = new VerifyLines(bench);
        ReferenceLines references = new ReferenceLines(bench);
        bench.loads().touchAll(messages);
        double most = lines.full(messages);
        measure("P1", () -> references.oneQueryPerCall(messages));
        measure("P2", () -> {
            Speed lookUp = references.lookUps();
            lines.oneByOne(messages, lookUp.p50Millis());
        });
        measure("P3", () -> lines.atHalf(messages, most));
    }

    private boolean wantsAny(String... lines) {
        return Arrays.stream(lines).anyMatch(wanted::contains);
    }

    /** A line that fails says so in the table, and the others go on. */
    private void measure(String line, Measurement measurement) {
        if (!wanted.contains(line)) {
            return;
        }
        try {
            measurement.run();
        } catch (Exception failure) {
            bench.results().add(line, "failed", "", String.valueOf(failure.getMessage()), "", Met.MISSED);
            if (!bench.scene().server().process().isAlive()) {
                bench.scene().restart(List.of());
            }
        }
    }

    private interface Measurement {
        void run() throws Exception;
    }
}
