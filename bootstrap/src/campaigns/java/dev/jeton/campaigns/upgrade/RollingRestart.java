package dev.jeton.campaigns.upgrade;

import dev.jeton.bootstrap.support.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Replaces two servers one after the other, again and again, under the calls of clients that try again what is UNAVAILABLE and of others that
 * do not; prints what came of it, and ends with status 1 if a call was lost. Then kills one as often, for comparison.
 */
public final class RollingRestart {
    private static final int CYCLES = 20;

    private RollingRestart() {}

    /** @param arguments how many cycles */
    public static void main(String[] arguments) throws Exception {
        int cycles = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CYCLES;
        Path directory = Files.createTempDirectory("jeton-rolling");
        boolean lost;
        try (RollingServers servers = new RollingServers(directory);
                Traffic retrying = Traffic.retrying(servers.addresses(), servers.operator());
                Traffic plain = Traffic.plain(servers.addresses(), servers.operator())) {
            List<Traffic> traffic = List.of(retrying, plain);
            Duration longest = Duration.ZERO;
            for (int i = 0; i < cycles; i++) {
                Duration stopped = servers.roll(traffic);
                longest = stopped.compareTo(longest) > 0 ? stopped : longest;
                System.out.printf(
                        "Cycle %d of %d: %,d lost so far, %,d by who does not retry%n",
                        i + 1,
                        cycles,
                        retrying.failures().size(),
                        plain.failures().size());
            }
            System.out.printf("%d cycles; a server stopped within %d ms%n", cycles, longest.toMillis());
            System.out.println("  retrying: " + describe(retrying));
            System.out.println("  not retrying: " + describe(plain));
            lost = !retrying.failures().isEmpty();
            int before = plain.failures().size();
            int beforeRetrying = retrying.failures().size();
            for (int i = 0; i < cycles; i++) {
                servers.kill(traffic);
            }
            System.out.printf(
                    "%d kills: %,d more failures without retries, %,d with%n",
                    cycles,
                    plain.failures().size() - before,
                    retrying.failures().size() - beforeRetrying);
        } finally {
            FileTree.delete(directory);
        }
        System.exit(lost ? 1 : 0);
    }

    private static String describe(Traffic traffic) {
        return "%,d calls answered, %,d lost %s"
                .formatted(
                        traffic.calls(),
                        traffic.failures().size(),
                        traffic.failures().stream().limit(3).toList());
    }
}
