package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The long form of {@link Campaign}: prints what came of it, and ends with status 1 if an answer was wrong. */
public final class Strictness {
    private static final int CANCELLATIONS = 100_000;
    private static final Duration AT_MOST = Duration.ofHours(6);
    private static final int STOPS = 500;
    private static final int LOAD_STRANDS = 16;

    private Strictness() {}

    /**
     * Runs it.
     *
     * @param arguments how many cancellations; then how many stops; then the seed, and {@code twin} for the broken twin in the second
     *     replica's place
     */
    public static void main(String[] arguments) throws Exception {
        List<String> given =
                Stream.of(arguments).filter(word -> !word.equals("twin")).toList();
        Campaign.Form form = new Campaign.Form(
                number(given, 0, CANCELLATIONS),
                AT_MOST,
                Math.toIntExact(number(given, 1, STOPS)),
                LOAD_STRANDS,
                number(given, 2, new SplittableRandom().nextLong()));
        Path directory = Files.createTempDirectory("jeton-strictness");
        Report report;
        try (Cluster cluster = Cluster.start(directory)) {
            Replica one = Replica.of(cluster, "A");
            Replica other = given.size() < arguments.length ? Replica.twin(cluster, "B") : Replica.of(cluster, "B");
            report = new Campaign(List.of(one, other), form).run();
        } finally {
            FileTree.delete(directory);
        }
        System.out.print(report);
        System.exit(report.violated() == 0 ? 0 : 1);
    }

    private static long number(List<String> arguments, int index, long otherwise) {
        return index < arguments.size() ? Long.parseLong(arguments.get(index)) : otherwise;
    }
}
