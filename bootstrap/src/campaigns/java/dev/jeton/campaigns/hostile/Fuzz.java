package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.ReplyGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The long form of {@link Fuzzer}: prints what came of it, and ends with status 1 if an answer was wrong. */
public final class Fuzz {
    private static final long SECONDS = 600;

    private Fuzz() {}

    /**
     * Runs it.
     *
     * @param arguments for how many seconds; then the seed; then the number of the first case, to see one again
     */
    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : SECONDS;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new SplittableRandom().nextLong();
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        System.out.println("Seed " + seed);
        Path directory = Files.createTempDirectory("jeton-fuzz");
        boolean right;
        try (Cluster cluster = Cluster.start(directory)) {
            JetonProcess server = cluster.server("server");
            Fuzzer.Report report = new Fuzzer(
                            server.address(), server.asOperator(), cluster.operatorToken(), seed, first)
                    .run(Long.MAX_VALUE - first, Duration.ofSeconds(seconds));
            List<String> disclosed = ReplyGuard.disclosed();
            System.out.println(report);
            System.out.println("How often each RPC was answered with OK: " + report.passed());
            disclosed.forEach(System.out::println);
            boolean logged = server.log().contains("\tat ");
            if (logged) {
                System.out.println("The server's log has stack traces:\n" + server.log());
            }
            right = report.failures().isEmpty() && disclosed.isEmpty() && !logged;
        } finally {
            FileTree.delete(directory);
        }
        System.exit(right ? 0 : 1);
    }
}
