package dev.jeton.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures the packaged server. Prints progress on standard error and a table on standard output. Not thread-safe. */
public final class Benchmark {
    private static final int ATTEMPTS = 3;

    private final TestBed bed;
    private final Set<String> wanted;
    private @Nullable Path spread;

    private Benchmark(TestBed bed, Set<String> wanted) {
        this.bed = bed;
        this.wanted = wanted;
    }

    /** @param arguments {@code short} or {@code long}, then the lines to measure, such as {@code P1 P2}; none: all */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("Usage: Benchmark short|long [LINE...]; lines are " + Scale.ALL_LINES);
        }
        Scale scale = Scale.of(arguments[0]);
        List<String> lines = Arrays.asList(arguments).subList(1, arguments.length);
        if (!Scale.ALL_LINES.containsAll(lines)) {
            throw new IllegalArgumentException("The lines are " + Scale.ALL_LINES + ", not " + lines);
        }
        Progress.say("%s", Machine.describe());
        String table;
        try (TestBed bed = TestBed.start(scale)) {
            new Benchmark(bed, Set.copyOf(lines.isEmpty() ? scale.lines() : lines)).run();
            table = bed.table().toString();
        }
        System.out.printf("%s; %s form%n%n%s", Machine.describe(), arguments[0], table);
    }

    private void run() {
        Scale scale = bed.scale();
        BenchmarkTokens tokens = bed.tokens();
        GrowthEffect growth = new GrowthEffect(bed);
        tokens.fillTo(scale.few());
        measure("P4", growth::few);
        tokens.fillTo(scale.tokens());
        VerificationSpeed verification = new VerificationSpeed(bed);
        if (wantsAny("P1", "P2", "P3")) {
            Path messages = tokens.requests(tokens.ten(), scale.tokens());
            attempt("P1", () -> verification.tenTenants(messages));
            measure("P1", () -> new References(bed).oneQueryPerCall(messages));
            measure("P2", () -> verification.oneByOne(messages, new References(bed).lookUps()));
            measure("P3", () -> verification.atHalf(messages));
        }
        ChangeCost changes = new ChangeCost(bed);
        measure("P10", changes::beside);
        if (wantsAny("P11", "P12")) {
            attempt("P11", changes::alone);
        }
        measure("P5", () -> new CreationSpeed(bed).measure(new References(bed).inserts()));
        measure("P9", () -> new LastUsedCost(bed).measure());
        measure("P1", () -> verification.manyTenants(spread()));
        measure("P8", () -> {
            new SmallHeap(bed).measure();
            bed.restart(List.of());
        });
        if (scale.grows() && wantsAny("P4", "P6")) {
            tokens.fillTo(scale.many());
            measure("P4", growth::many);
        }
        measure("P6", () -> new ListingSpeed(bed).measure());
        measure("P4", () -> growth.cold(spread()));
        measure("P16", () -> new YouthSpeed(bed).measure());
        measure("P7", () -> new StartTime(bed).measure());
    }

    /** Requests for tokens in many tenants, which are inserted on first use. */
    private Path spread() {
        if (spread == null) {
            Scale scale = bed.scale();
            Population population = bed.tokens().spread(scale.tenants(), scale.tokens());
            spread = bed.tokens().requests(population, scale.tokens());
        }
        return spread;
    }

    private boolean wantsAny(String... lines) {
        return Arrays.stream(lines).anyMatch(wanted::contains);
    }

    private void measure(String line, Measurement measurement) {
        if (wanted.contains(line)) {
            attempt(line, measurement);
        }
    }

    /** Measures again, up to three times in all, while others use the machine. */
    private void attempt(String line, Measurement measurement) {
        int first = bed.table().size();
        for (int left = ATTEMPTS - 1; ; left--) {
            attemptOnce(line, measurement);
            if (left == 0 || bed.table().isQuietFrom(first)) {
                return;
            }
            Progress.say("others used the machine: measuring %s again", line);
            bed.table().removeFrom(first);
        }
    }

    /** Turns a failure into a row of the table, so that the other measurements still run. */
    private void attemptOnce(String line, Measurement measurement) {
        try {
            measurement.run();
        } catch (Exception | AssertionError failure) {
            bed.table().addFailure(line, failure);
            if (!bed.server().handle().isAlive()) {
                bed.restart(List.of());
            }
        }
    }

    private interface Measurement {
        void run() throws Exception;
    }
}
