package dev.jeton.bootstrap.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.UserServiceGrpc;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The short form of {@link Fuzz}. */
class FuzzIT {
    private static final int CASES = 10_000;
    private static final Duration SHORT_FORM = Duration.ofSeconds(6);

    /** So many that every RPC gets its share, if the machine had time for them. */
    private static final int MANY = 3_000;

    /** Of the RPCs. Chance decides whether what one of them needs is still there when its turn comes. */
    private static final double MOST = 0.8;

    /** For what takes a few seconds, unless the machine is busy with other things; one case in some thousand finds it. */
    private static final Duration UNTIL_FOUND = Duration.ofMinutes(2);

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private final long seed = new SplittableRandom().nextLong();

    @Test
    void everyRequestIsAnsweredAsTheDocumentationSays() throws Exception {
        Fuzzer.Report report = new Fuzzer(
                        SERVERS.server().address(), SERVERS.operator(), SERVERS.operatorToken(), seed, 0)
                .run(CASES, SHORT_FORM);
        System.out.println(report);

        assertThat(report.failures()).as(report.toString()).isEmpty();
        if (report.cases() >= MANY) {
            assertThat(report.passed().values())
                    .as("how many cases got through, by RPC: %s", report.passed())
                    .filteredOn(passed -> passed > 0)
                    .hasSizeGreaterThan((int) (MOST * report.passed().size()));
        }
        assertThat(UserServiceGrpc.newBlockingStub(SERVERS.operator())
                        .getProfile(GetProfileRequest.getDefaultInstance())
                        .hasUser())
                .isTrue();
        assertThat(SERVERS.server().log()).doesNotContain("\tat ", "error id");
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aHandlerThatThrowsOnOneOddInputIsFound() throws Exception {
        Fuzzer.Report report = new Fuzzer(
                        SERVERS.twin().address(), SERVERS.operator(), SERVERS.operatorToken(), seed, 0)
                .run(Long.MAX_VALUE, UNTIL_FOUND);
        System.out.println(report);

        assertThat(report.failures())
                .as(report.toString())
                .anyMatch(failure -> failure.contains("page_size: 1000") && failure.contains("code=INTERNAL"));
    }
}
