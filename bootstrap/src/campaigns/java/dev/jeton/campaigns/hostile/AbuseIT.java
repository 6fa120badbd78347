package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.bootstrap.endtoend.RunningJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.QuietMachine;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections are abused in many ways. The server ends them, keeps serving others, and leaks nothing. */
@Tag("G15")
class AbuseIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    /** Has the broken twin. */
    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private static final long MILLIS_PER_ATTACK = Form.pick(100, 1_000, 10_000);
    private static final long MILLIS_BEFORE = Form.pick(500, 1_500, 1_500);
    private static final int ANSWER_TIMEOUT_MILLIS = 60_000;
    private static final int OPEN_MILLIS = 700;
    private static final int LEAKING_CALLS = 800;
    private static final int VITALS_ATTEMPTS = 40;
    private static final long VITALS_PAUSE_MILLIS = 500;
    private static final long ALWAYS_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How many times longer the p99 of others may become. */
    private static final int TIMES_SLOWER = 2;

    /** Attacks that only the server's limits stop. {@link CarelessJeton} has no limits. */
    private static final Set<Attack> STOPPED_BY_OPTIONS =
            EnumSet.of(Attack.RAPID_RESET, Attack.HUGE_HEADERS, Attack.HEADERS_THAT_UNFOLD, Attack.UNFINISHED_CALLS);

    /** Ends only at the time limit for handshakes, ten seconds. */
    private static final Set<Attack> ANSWERED_LATE = EnumSet.of(Attack.IDLE_CONNECTIONS);

    private static World world;

    @BeforeAll
    static void createWorld() {
        world = World.create(new Api(JETON.asOperator()));
    }

    @Test
    void othersDoNotNoticeAndNothingLeaks() throws Exception {
        assumeTrue(Vitals.areAvailable());
        JetonProcess server = JETON.process();
        int earlierLog = server.log().length();
        QuietMachine machine = new QuietMachine();
        Map<Attack, Histogram> during = new EnumMap<>(Attack.class);
        Histogram before;
        Vitals vitals;
        try (Bystanders bystanders = new Bystanders(server.address(), world)) {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BEFORE);
            vitals = Vitals.of(server.handle());
            bystanders.takeLatencies();
            TimeUnit.MILLISECONDS.sleep(MILLIS_BEFORE);
            before = bystanders.takeLatencies();
            System.out.printf("%-32s %s, %s%n", "no attack", describe(before), vitals);
            for (Attack attack : Attack.values()) {
                Assault assault = new Assault(attack, server.port(), world.secret());
                try (assault) {
                    TimeUnit.MILLISECONDS.sleep(MILLIS_PER_ATTACK);
                }
                during.put(attack, bystanders.takeLatencies());
                System.out.printf(
                        "%-32s %s, %,d connections%n", attack, describe(during.get(attack)), assault.connections());
            }
            assertThat(bystanders.failures()).isEmpty();
        }
        assertThat(leaks(server, vitals)).isEmpty();
        assertThat(server.log().substring(earlierLog)).doesNotContain("\tat ");
        // A second of each attack is too short to judge percentiles by.
        boolean judged = Form.current() == Form.LONG && machine.wasQuiet();
        List<String> slower = new ArrayList<>();
        assertSoftly(all -> during.forEach((attack, latencies) -> {
            double times = (double) latencies.percentile(99) / before.percentile(99);
            if (times > TIMES_SLOWER) {
                slower.add("%s %.1f".formatted(attack, times));
            }
            all.assertThat(latencies.percentile(99))
                    .as("p99 of others during %s, %.1f times as long as before", attack, times)
                    .isLessThanOrEqualTo(judged ? before.percentile(99) * TIMES_SLOWER : ALWAYS_NANOS);
        }));
        Results.add(
                "G15",
                "abuse",
                "%d kinds, no leaks; p99 of others %s, beyond %d times as long: %s"
                        .formatted(during.size(), judged ? "judged" : "not judged", TIMES_SLOWER, slower));
    }

    /** The resources of which the server still holds more than before, after time to release them. */
    private static List<String> leaks(JetonProcess server, Vitals before) throws InterruptedException {
        List<String> more = Vitals.of(server.handle()).moreThan(before);
        for (int i = 0; i < VITALS_ATTEMPTS && !more.isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(VITALS_PAUSE_MILLIS);
            more = Vitals.of(server.handle()).moreThan(before);
        }
        return more;
    }

    static boolean isNoSmoke() {
        return Form.current() != Form.SMOKE;
    }

    /** The broken twin: the test above would catch it. In the smoke form VitalsTest proves that a leak is found. */
    @Test
    @EnabledIf("isNoSmoke")
    void aServerThatLeaksIsCaught() throws Exception {
        assumeTrue(Vitals.areAvailable());
        // It leaks threads only up to a limit, which other tests may have reached at the shared twin.
        JetonProcess twin = SERVERS.newTwin();
        Vitals before = Vitals.of(twin.handle());
        try (Bystanders bystanders = new Bystanders(twin.address(), World.create(SERVERS.operator()))) {
            for (long calls = 0;
                    calls < LEAKING_CALLS;
                    calls += bystanders.takeLatencies().count()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        assertThat(Vitals.of(twin.handle()).moreThan(before)).contains("threads");
    }

    @Test
    void everyAttackIsAnsweredAsExpected() {
        Set<Attack> attacks = EnumSet.allOf(Attack.class);
        if (Form.current() == Form.SMOKE) {
            attacks.removeAll(ANSWERED_LATE);
        }
        assertSoftly(all -> attacks.forEach(attack -> {
            int timeout = attack == Attack.UNREAD_REPLIES ? OPEN_MILLIS : ANSWER_TIMEOUT_MILLIS;
            all.assertThat(answer(JETON.process(), attack, timeout, world))
                    .as("answer to %s", attack)
                    .startsWith(attack.answer());
        }));
    }

    /** The broken twin: without limits it answers differently. */
    @Test
    @EnabledIf("isNoSmoke")
    void aServerWithoutLimitsIsCaught() {
        World twinsWorld = World.create(SERVERS.operator());
        assertSoftly(all -> STOPPED_BY_OPTIONS.forEach(
                attack -> all.assertThat(answer(SERVERS.twin(), attack, OPEN_MILLIS, twinsWorld))
                        .as("answer to %s", attack)
                        .doesNotStartWith(attack.answer())));
    }

    private static String answer(JetonProcess server, Attack attack, int timeoutMillis, World world) {
        try (RawConnection connection = attack.connect(server.port())) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return connection.ending(timeoutMillis);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try {
                attack.send(connection, world.secret());
            } catch (IOException closedByServer) {
                return answer.join();
            }
            return answer.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Histogram latencies) {
        return "p50 %6.2f ms, p99 %6.2f ms of %,6d calls"
                .formatted(latencies.percentile(50) / 1e6, latencies.percentile(99) / 1e6, latencies.count());
    }
}
