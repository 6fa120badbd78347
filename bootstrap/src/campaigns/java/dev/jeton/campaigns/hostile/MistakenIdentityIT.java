package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.endtoend.RunningJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With many concurrent callers on shared connections, no caller gets another's reply. */
@Tag("G15")
class MistakenIdentityIT {
    private static final int CALLERS = Form.pick(16, 64, 64);
    private static final Duration DURATION = Duration.ofMillis(Form.pick(1_000, 20_000, 300_000));

    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    @Test
    void everyReplyBelongsToItsCaller() throws Exception {
        Crowd crowd = crowd(new Api(JETON.asOperator()));
        List<String> mistakes = crowd.call(JETON.process().address(), DURATION);

        assertThat(mistakes).isEmpty();
        assertThat(crowd.rounds()).isGreaterThanOrEqualTo(CALLERS);
        Results.add(
                "G15",
                "mistaken identity",
                "0 wrong replies to %d callers in %,d rounds of 6 calls".formatted(CALLERS, crowd.rounds()));
    }

    /** The broken twin: the test above would catch it. */
    @Test
    @EnabledIf("isNoSmoke")
    void aCallerInASharedFieldIsCaught() throws Exception {
        assertThat(crowd(SERVERS.operator()).call(SERVERS.twin().address(), Duration.ofMillis(200)))
                .anyMatch(mistake -> mistake.contains("got another caller's"));
    }

    static boolean isNoSmoke() {
        return Form.current() != Form.SMOKE;
    }

    private static Crowd crowd(Api operator) {
        return new Crowd(IntStream.range(0, CALLERS)
                .parallel()
                .mapToObj(i -> World.create(operator))
                .toList());
    }
}
