package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.UserServiceGrpc;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The short form of {@link Fuzz}. */
class FuzzIT {
    private static final int CASES = 10_000;
    private static final Duration SHORT_FORM = Duration.ofSeconds(6);

    /** For what comes with a few thousand cases, and takes seconds unless the machine is busy with other things. */
    private static final Duration UNTIL_FOUND = Duration.ofMinutes(2);

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private final long seed = new SplittableRandom().nextLong();

    @Test
    void everyRequestIsAnsweredAsTheDocumentationSays() throws Exception {
        Map<String, Integer> passed = new TreeMap<>();
        long end = System.nanoTime() + UNTIL_FOUND.toNanos();
        long cases = 0;
        do {
            Fuzzer.Report report = new Fuzzer(
                            SERVERS.server().address(), SERVERS.operator(), SERVERS.operatorToken(), seed, cases)
                    .run(CASES, SHORT_FORM);
            System.out.println(report);
            assertThat(report.failures()).as(report.toString()).isEmpty();
            report.passed().forEach((rpc, times) -> passed.merge(rpc, times, Integer::sum));
            cases += report.cases();
        } while (!haveAllGotThrough(passed) && System.nanoTime() < end);

        assertThat(haveAllGotThrough(passed))
                .as("how many cases got through: %s", passed)
                .isTrue();
        assertThat(UserServiceGrpc.newBlockingStub(SERVERS.operator())
                        .getProfile(GetProfileRequest.getDefaultInstance())
                        .hasUser())
                .isTrue();
        assertThat(SERVERS.server().log()).doesNotContain("\tat ", "error id");
    }

    /** What is refused whatever it says would not be tried. */
    private static boolean haveAllGotThrough(Map<String, Integer> passed) {
        return passed.size() == ApiFields.rpcs().size() && !passed.containsValue(0);
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
