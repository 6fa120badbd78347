package dev.jeton.campaigns.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Restarts two servers one after another under load. */
@Tag("G13")
@TestMethodOrder(OrderAnnotation.class)
class RollingRestartIT {
    private static final int CYCLES = Form.pick(1, 3, 20);
    private static final int MORE_KILLS = 5;

    /** Far more than the drain delay and the calls in flight need. */
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static RollingServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new RollingServers(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @Test
    @Order(1)
    void losesNoCall() throws Exception {
        try (Traffic retrying = Traffic.retrying(servers.addresses(), servers.operator());
                Traffic plain = Traffic.plain(servers.addresses(), servers.operator())) {
            List<Duration> stops = new ArrayList<>();
            for (int i = 0; i < CYCLES; i++) {
                stops.addAll(servers.roll(List.of(retrying, plain)));
            }
            Duration longest = Collections.max(stops);
            retrying.end();
            plain.end();
            Results.add(
                    "G13",
                    "rolling restart",
                    "%d cycles: %,d of %,d calls lost, %,d of %,d without retries; a server stops within %d ms"
                            .formatted(
                                    CYCLES,
                                    retrying.failures().size(),
                                    retrying.answered(),
                                    plain.failures().size(),
                                    plain.answered(),
                                    longest.toMillis()));

            assertThat(retrying.failures()).isEmpty();
            assertThat(plain.failures())
                    .as("failures of clients that do not retry")
                    .isEmpty();
            assertThat(longest).isLessThan(STOPPED_WITHIN);
        }
    }

    /** Last, because it leaves a server dead. */
    @Test
    @Order(2)
    void catchesServersThatAreKilledInstead() throws Exception {
        try (Traffic plain = Traffic.dense(servers.addresses(), servers.operator())) {
            List<String> addresses = servers.addresses();
            plain.awaitServedBy(addresses.get(0), 1);
            int kills = 0;
            while (kills < CYCLES
                    || kills < CYCLES + MORE_KILLS && plain.failures().isEmpty()) {
                if (kills > 0) {
                    servers.startAgain(0, List.of(plain));
                }
                servers.kill();
                kills++;
                plain.awaitServedBy(addresses.get(1), 10);
            }
            Results.add(
                    "G13",
                    "rolling restart, servers killed instead",
                    "%d kills: %,d calls lost without retries"
                            .formatted(kills, plain.failures().size()));

            assertThat(plain.failures()).isNotEmpty();
        }
    }
}
