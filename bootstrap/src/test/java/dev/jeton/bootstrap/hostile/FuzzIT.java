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
    private static final Duration SHORT_FORM = Duration.ofSeconds(6);

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private final long seed = new SplittableRandom().nextLong();

    @Test
    void everyRequestIsAnsweredAsTheDocumentationSays() throws Exception {
        Fuzzer.Report report = new Fuzzer(
                        SERVERS.server().address(), SERVERS.operator(), SERVERS.operatorToken(), seed, 0)
                .run(SHORT_FORM);
        System.out.println(report);

        assertThat(report.failures()).as(report.toString()).isEmpty();
        assertThat(report.passed())
                .as("RPCs of which no case got through")
                .allSatisfy((rpc, times) -> assertThat(times).isPositive());
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
                .run(SHORT_FORM);
        System.out.println(report);

        assertThat(report.failures())
                .as(report.toString())
                .anyMatch(failure -> failure.contains("page_size: 1000") && failure.contains("must not be: Status{code=INTERNAL"));
    }
}
