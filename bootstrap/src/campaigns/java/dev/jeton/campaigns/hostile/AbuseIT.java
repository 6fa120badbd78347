package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.bootstrap.support.http2.RawConnection.Received;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are abused in every way there is: others are served meanwhile, and nothing is left of it. */
class AbuseIT {
    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LEAKING_CALLS = 1_000;

    private static World world;

    @BeforeAll
    static void makeWorld() {
        world = World.make(SERVERS.operator());
    }

    @Test
    void othersDoNotNoticeAndNothingIsLeft() throws Exception {
        assumeTrue(Vitals.canBeTaken());
        Abuse.Report report = new Abuse(SERVERS.server(), world).run(Duration.ofMillis(300));
        System.out.println(report);

        assertThat(report.complaints()).as(report.toString()).isEmpty();
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aServerThatKeepsSomethingOfEveryCallIsFound() throws Exception {
        assumeTrue(Vitals.canBeTaken());
        JetonProcess twin = SERVERS.twin();
        Vitals before = Vitals.of(twin.handle());
        try (Bystanders bystanders = new Bystanders(twin.address(), world)) {
            long calls = 0;
            while (calls < LEAKING_CALLS) {
                TimeUnit.MILLISECONDS.sleep(50);
                calls += bystanders.latencies().count();
            }
        }

        assertThat(Vitals.of(twin.handle()).moreThan(before)).contains("threads");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "WRONG_PREFACE",
                "TRUNCATED_FRAME",
                "FRAME_TOO_LONG",
                "TWO_MESSAGES",
                "NO_MESSAGE",
                "MESSAGE_SAID_TO_BE_LONGER",
                "MESSAGE_SAID_TO_BE_SHORTER",
                "MESSAGE_SAID_TO_BE_ENDLESS",
                "COMPRESSED_MESSAGE",
                "HUGE_HEADERS",
                "HEADERS_THAT_UNFOLD",
                "TABLE_RESIZED_AGAIN_AND_AGAIN",
                "FRAMES_WHERE_THEY_MUST_NOT_BE"
            })
    void offendersAreToldOrTheirConnectionEnds(Attack attack) throws Exception {
        try (RawConnection connection = attack.connect(Abuse.port(SERVERS.server()))) {
            attack.on(connection, world.secret());
            connection.finish();
            Received frame = connection.receive(PATIENCE_MILLIS);
            while (frame != null && !frame.isLast()) {
                frame = connection.receive(PATIENCE_MILLIS);
            }
        } catch (SocketException endedWhileItWasSpeaking) {
            return;
        }
    }
}
