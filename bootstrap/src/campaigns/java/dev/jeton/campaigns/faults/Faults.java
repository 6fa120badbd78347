package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The long form of the experiments: prints what came of each, and ends with status 1 if a promise was not kept. As they are, the rounds add
 * up to more than 50,000 changes acknowledged around kills, and 10,000 commits cut.
 */
public final class Faults {
    private static final int ROUNDS = 20;
    private static final Experiment.Form FORM = new Experiment.Form(1_300, 520);
    private static final String REPLAY = "replay";

    static final int SERVERS = 2;

    /** More than the servers of a site need, and few enough to be taken soon. */
    static final int CONNECTIONS = 10;

    private Faults() {}

    /**
     * Runs them, or judges again what was kept of one.
     *
     * @param arguments how many rounds; then the seed; then which experiments, if not all. Or {@code replay} and a file
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals(REPLAY)) {
            System.exit(replay(Path.of(arguments[1])));
        }
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new SplittableRandom().nextLong();
        List<Fault> faults = new ArrayList<>(
                arguments.length > 2
                        ? Stream.of(arguments).skip(2).map(Fault::valueOf).toList()
                        : List.of(Fault.values()));
        List<Report> reports = new ArrayList<>();
        Path directory = Files.createTempDirectory("jeton-faults");
        try {
            if (faults.remove(Fault.DISK_FULL)) {
                onSmallDisk(directory.resolve("small"), rounds, seed, reports);
            }
            if (!faults.isEmpty()) {
                run(directory, directory.resolve("database"), faults, rounds, seed, reports);
            }
        } finally {
            delete(directory);
        }
        System.exit(summarise(reports) ? 0 : 1);
    }

    private static void onSmallDisk(Path path, int rounds, long seed, List<Report> reports) throws Exception {
        Optional<SmallDisk> disk = SmallDisk.mount(path);
        if (disk.isEmpty()) {
            System.out.println("DISK_FULL is left out: file systems cannot be mounted here");
            return;
        }
        try (SmallDisk small = disk.get()) {
            Path beside = Files.createDirectories(path.resolveSibling("beside"));
            run(beside, small.path(), List.of(Fault.DISK_FULL), rounds, seed, reports);
        }
    }

    private static void run(
            Path directory, Path database, List<Fault> faults, int rounds, long seed, List<Report> reports)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Store store = Store.start(database, CONNECTIONS);
                Site site = Site.start(directory, store, SERVERS)) {
            Experiment experiment = new Experiment(site, FORM);
            for (int round = 0; round < rounds; round++) {
                for (Fault fault : faults) {
                    Report report = experiment.run(fault, random.nextLong());
                    System.out.println(report);
                    reports.add(report);
                }
            }
        }
    }

    private static boolean summarise(List<Report> reports) {
        List<Report> kills =
                reports.stream().filter(report -> report.fault().isKill()).toList();
        long violations =
                reports.stream().mapToLong(report -> report.violations().size()).sum();
        System.out.printf(
                "%d experiments: %d changes acknowledged, %d calls unknown, %d commits cut; %d kills, around which %d changes were acknowledged; %d violations%n",
                reports.size(),
                reports.stream().mapToLong(Report::done).sum(),
                reports.stream().mapToLong(Report::unknown).sum(),
                reports.stream().mapToLong(Report::cuts).sum(),
                kills.size(),
                kills.stream().mapToLong(Report::done).sum(),
                violations);
        return violations == 0;
    }

    private static int replay(Path file) throws IOException {
        List<Violation> violations = Judge.judge(Account.read(file));
        violations.forEach(System.out::println);
        return violations.isEmpty() ? 0 : 1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
