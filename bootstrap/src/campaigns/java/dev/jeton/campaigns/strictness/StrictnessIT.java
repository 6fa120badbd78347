package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G2: after a change is acknowledged by one replica, no replica answers with the old verdict. */
@Tag("G2")
class StrictnessIT {
    private static final Campaign.Plan PLAN = Form.pick(
            new Campaign.Plan(10_000, Duration.ofMillis(700), 2, 2, 2),
            new Campaign.Plan(10_000, Duration.ofSeconds(40), 50, 10, 8),
            new Campaign.Plan(100_000, Duration.ofHours(6), 500, 10, 16));
    private static final Campaign.Plan TWIN_PLAN = Form.pick(
            new Campaign.Plan(100, Duration.ZERO, 1, 2, 2),
            new Campaign.Plan(1_000, Duration.ofSeconds(4), 4, 10, 8),
            new Campaign.Plan(1_000, Duration.ofMinutes(1), 10, 10, 16));
    private static final long MIN_VERIFICATIONS = Form.pick(100L, 5_000L, 1_000_000L);

    @TempDir
    private static Path directory;

    private static Cluster cluster;
    private static Replica first;
    private static Replica second;
    private static Replica twin;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(directory);
        first = Replica.start(cluster, "A");
        CompletableFuture<Replica> starting = CompletableFuture.supplyAsync(() -> Replica.startTwin(cluster, "T"));
        second = Replica.start(cluster, "B");
        twin = starting.join();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void noReplicaAnswersWithTheOldVerdictAfterAChangeIsAcknowledged() throws Exception {
        Report report = run("strictness", second, PLAN);

        assertThat(report.totals().violations()).as(report.toString()).isEmpty();
        assertThat(report.totals().verifications()).isGreaterThanOrEqualTo(MIN_VERIFICATIONS);
        assertThat(report.revoked())
                .allSatisfy((revocation, times) -> assertThat(times.get()).isPositive());
        assertThat(report.cancelledDuringPauses()).isPositive();
    }

    /** Proves that the campaign can fail. */
    @Test
    void catchesAReplicaThatTrustsItsCache() throws Exception {
        Report report = run("strictness of the broken twin", twin, TWIN_PLAN);

        assertThat(report.totals().violations())
                .as(report.toString())
                .anyMatch(line -> line.startsWith("T answered VERDICT_ALLOWED"));
    }

    private static Report run(String name, Replica other, Campaign.Plan plan) throws Exception {
        Report report = new Campaign(first, other, plan, Form.seed(7)).run();
        System.out.println(report);
        Results.add("G2", name, report.summary());
        return report;
    }
}
