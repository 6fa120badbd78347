package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link Campaign}, which {@link Strictness} has a long one of. */
class StrictnessIT {
    private static final int CANCELLATIONS = 10_000;
    private static final int LOAD_STRANDS = 8;

    @TempDir
    private static Path directory;

    private static Cluster cluster;
    private static Replica one;
    private static Replica other;
    private static Replica twin;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(directory);
        one = Replica.of(cluster, "A");
        CompletableFuture<Replica> starting = CompletableFuture.supplyAsync(() -> Replica.twin(cluster, "T"));
        other = Replica.of(cluster, "B");
        twin = starting.join();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void whatOneReplicaAcknowledgesTheOtherKnowsAtOnce() throws Exception {
        Report report = run(other, Duration.ofSeconds(5), 10);

        assertThat(report.violations()).as(report.toString()).isEmpty();
        assertThat(report.taken())
                .allSatisfy((way, times) -> assertThat(times.get()).isPositive());
        assertThat(report.whileStopped()).isPositive();
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aReplicaThatTrustsWhatItHasReadIsCaught() throws Exception {
        Report report = run(twin, Duration.ofSeconds(2), 2);

        assertThat(report.violations())
                .as(report.toString())
                .anyMatch(line -> line.startsWith("T answered VERDICT_ALLOWED"));
    }

    private static Report run(Replica second, Duration atMost, int stops) throws Exception {
        long seed = new SplittableRandom().nextLong();
        Report report = new Campaign(
                        List.of(one, second), new Campaign.Form(CANCELLATIONS, atMost, stops, LOAD_STRANDS, seed))
                .run();
        System.out.print(report);
        return report;
    }
}
