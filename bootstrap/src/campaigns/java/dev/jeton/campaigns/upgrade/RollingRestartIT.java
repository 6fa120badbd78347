package dev.jeton.campaigns.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link RollingRestart}. */
class RollingRestartIT {
    /** The delay, the calls, and the last deeds of a server; much more than it needs. */
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private static final int KILLS = 5;

    @TempDir
    private static Path directory;

    private static RollingServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new RollingServers(directory);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void aRollingRestartLosesNoCall() throws Exception {
        try (Traffic retrying = Traffic.retrying(servers.addresses(), servers.operator());
                Traffic plain = Traffic.plain(servers.addresses(), servers.operator())) {
            Duration stopped = servers.roll(List.of(retrying, plain));
            retrying.close();
            plain.close();

            assertThat(retrying.failures()).isEmpty();
            assertThat(plain.failures()).as("of clients that do not retry").isEmpty();
            assertThat(stopped).isLessThan(STOPPED_WITHIN);
        }
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aServerThatJustEndsIsCaught() throws Exception {
        try (Traffic plain = Traffic.plain(servers.addresses(), servers.operator())) {
            for (int i = 0; i < KILLS && plain.failures().isEmpty(); i++) {
                servers.kill(List.of(plain));
            }

            assertThat(plain.failures()).isNotEmpty();
        }
    }
}
