package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.JetonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All attacks on a server, one after the other, while bystanders call it. The long form is a program: it prints what came of it, and ends
 * with status 1 if somebody noticed or something was left.
 */
public final class Abuse {
    /** A build shares its machine and cannot keep to times; {@code -Djeton.quietMachine=true} says that this one can. */
    private static final boolean QUIET = Boolean.getBoolean("jeton.quietMachine");

    private static final long SECONDS = 10;
    private static final Duration USUAL = Duration.ofMillis(1_500);
    private static final int TIMES_SLOWER = 2;
    private static final int CHECKS = 40;
    private static final long BETWEEN_CHECKS_MILLIS = 500;

    private final JetonProcess server;
    private final World world;

    Abuse(JetonProcess server, World world) {
        this.server = server;
        this.world = world;
    }

    /** @param complaints empty if all is well */
    record Report(List<String> lines, List<String> complaints) {
        @Override
        public String toString() {
            return String.join("\n", lines) + "\n" + String.join("\n", complaints);
        }
    }

    /** @param arguments for how many seconds each attack is to go on */
    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : SECONDS;
        Path directory = Files.createTempDirectory("jeton-abuse");
        Report report;
        try (Cluster cluster = Cluster.start(directory)) {
            JetonProcess server = cluster.server("server");
            report = new Abuse(server, World.make(server.asOperator())).run(Duration.ofSeconds(seconds));
        } finally {
            FileTree.delete(directory);
        }
        System.out.println(report);
        System.exit(report.complaints().isEmpty() ? 0 : 1);
    }

    Report run(Duration each) throws Exception {
        List<String> lines = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        try (Bystanders bystanders = new Bystanders(server.address(), world)) {
            TimeUnit.NANOSECONDS.sleep(USUAL.toNanos());
            bystanders.latencies();
            Vitals before = Vitals.of(server.handle());
            bystanders.latencies();
            TimeUnit.NANOSECONDS.sleep(USUAL.toNanos());
            Histogram usual = bystanders.latencies();
            lines.add("%-32s %s, the server has %s".formatted("nothing yet", describe(usual), before));
            for (Attack attack : Attack.values()) {
                int connections = new Assault(attack, port(server), world.secret()).run(each);
                Histogram meanwhile = bystanders.latencies();
                lines.add("%-32s %s, %,d connections".formatted(attack, describe(meanwhile), connections));
                if (QUIET && meanwhile.percentile(99) > TIMES_SLOWER * usual.percentile(99)) {
                    complaints.add("p99 more than twice as long: " + attack);
                }
            }
            Vitals after = after(before);
            lines.add("Afterwards the server has " + after);
            after.moreThan(before).forEach(what -> complaints.add("more " + what + " than before"));
            bystanders.failures().stream().limit(5).forEach(failure -> complaints.add("bystander: " + failure));
        }
        if (server.log().contains("\tat ")) {
            complaints.add("stack traces in the log:\n" + server.log());
        }
        return new Report(lines, complaints);
    }

    /** What it holds once that is as much as before, or as much as it still holds when it had time enough. */
    private Vitals after(Vitals before) throws InterruptedException {
        Vitals now = Vitals.of(server.handle());
        for (int i = 0; i < CHECKS && !now.moreThan(before).isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_CHECKS_MILLIS);
            now = Vitals.of(server.handle());
        }
        return now;
    }

    static int port(JetonProcess server) {
        return Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
    }

    private static String describe(Histogram latencies) {
        return "p50 %6.2f ms, p99 %6.2f ms of %,6d calls"
                .formatted(latencies.percentile(50) / 1e6, latencies.percentile(99) / 1e6, latencies.count());
    }
}
