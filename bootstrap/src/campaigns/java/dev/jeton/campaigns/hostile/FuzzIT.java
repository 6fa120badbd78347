package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.v1.GetProfileRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fuzzes every field and byte of requests. {@code -Djeton.case=N} starts with case N of the seed. */
@Tag("G15")
class FuzzIT {
    private static final Duration DURATION = Duration.ofSeconds(Form.pick(3, 60, 600));

    /** A few cases before one that makes the twin fail. */
    private static final long TWIN_FIRST_CASE = 3_250;

    private static final Duration TWIN_DURATION = Duration.ofMinutes(2);
    private static final long TWIN_SEED = 7;

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    @Test
    void everyRequestIsAnsweredAsDocumented() throws Exception {
        Fuzzer fuzzer = new Fuzzer(
                SERVERS.server().address(),
                SERVERS.operator(),
                SERVERS.operatorToken(),
                Form.seed(7),
                Long.getLong("jeton.case", 0));
        List<String> failures = fuzzer.run(DURATION, 3);

        assertThat(failures).as("%s", fuzzer).isEmpty();
        assertThat(fuzzer.neverSucceeded()).as("%s", fuzzer).isEmpty();
        assertThat(SERVERS.operator()
                        .users
                        .getProfile(GetProfileRequest.getDefaultInstance())
                        .hasUser())
                .isTrue();
        assertThat(SERVERS.server().log()).doesNotContain("\tat ", "error id");
        Results.add("G15", "fuzz", "0 wrong answers, 0 uncaught; " + fuzzer);
    }

    /** The broken twin: the test above would catch it. */
    @Test
    void aHandlerThatThrowsOnOneOddInputIsCaught() throws Exception {
        Fuzzer fuzzer = new Fuzzer(
                SERVERS.twin().address(), SERVERS.operator(), SERVERS.operatorToken(), TWIN_SEED, TWIN_FIRST_CASE);
        List<String> failures = fuzzer.run(TWIN_DURATION, 1);

        assertThat(failures)
                .as("%s", fuzzer)
                .anyMatch(failure -> failure.contains("page_size: 1000") && failure.contains("code=INTERNAL"));
    }
}
