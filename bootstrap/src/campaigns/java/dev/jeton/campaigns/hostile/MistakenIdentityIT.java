package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many callers at once over shared connections: nobody is taken for somebody else. */
class MistakenIdentityIT {
    private static final int CALLERS = 64;

    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private static List<World> worlds;

    @BeforeAll
    static void makeCallers() {
        worlds = IntStream.range(0, CALLERS)
                .parallel()
                .mapToObj(i -> World.make(SERVERS.operator()))
                .toList();
    }

    @Test
    void everyReplyBelongsToItsCaller() throws Exception {
        Crowd crowd = new Crowd(worlds);
        List<String> mistaken = crowd.call(SERVERS.server().address(), Duration.ofSeconds(3));

        assertThat(mistaken).isEmpty();
        assertThat(crowd.rounds()).isGreaterThanOrEqualTo(CALLERS);
        System.out.printf("%d callers asked for everything %d times%n", CALLERS, crowd.rounds());
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aCallerInAFieldThatCallsShareIsFound() throws Exception {
        assertThat(new Crowd(worlds).call(SERVERS.twin().address(), Duration.ofSeconds(1)))
                .anyMatch(mistake -> mistake.contains("got another caller's"));
    }
}
