package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.v1.Verdict;
import io.grpc.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database goes in the middle of verifications on two replicas: all of them are told in time that there is no answer, none is given a
 * wrong one, and when it is back they are served again.
 */
class LostDatabaseIT {
    /** A build shares its machine and cannot keep to times; {@code -Djeton.quietMachine=true} says that this one can. */
    private static final boolean QUIET = Boolean.getBoolean("jeton.quietMachine");

    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(2_500);
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(5);
    private static final int CALLERS = 4;
    private static final Answer UNAVAILABLE = Answer.of(Status.Code.UNAVAILABLE);
    private static final Answer CANCELLED = Answer.of(Verdict.VERDICT_CANCELLED);

    @TempDir
    private static Path directory;

    private static Store store;
    private static Proxy wire;
    private static Cluster cluster;
    private static List<JetonProcess> replicas;
    private static String gateway;
    private static Probe allowed;
    private static Probe cancelled;

    @BeforeAll
    static void start() throws Exception {
        store = Store.start(directory.resolve("database"), Cluster.CONNECTIONS);
        wire = store.proxy();
        cluster = Cluster.on(directory, store.over(wire, "jeton"));
        replicas = List.of(cluster.server("A"), cluster.server("B"));
        Api administration = new Api(replicas.get(0).as(cluster.operatorToken()));
        gateway = administration.gateway();
        String tenantId = administration.tenant(Probe.POLICY).getId();
        allowed = Probe.token(administration, tenantId, gateway);
        cancelled = Probe.token(administration, tenantId, gateway);
        administration.cancel(cancelled.tokenId());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        store.close();
    }

    private interface Step {
        void take() throws Exception;
    }

    @Test
    void aDatabaseThatIsStopped() throws Exception {
        endure(() -> store.signal("STOP"), () -> store.signal("CONT"));
    }

    @Test
    void aDatabaseThatIsKilled() throws Exception {
        endure(() -> store.signal("KILL"), store::restart);
    }

    @Test
    void aDatabaseWhosePositionsAreLocked() throws Exception {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            endure(() -> statement.execute("LOCK TABLE tenant_positions IN ACCESS EXCLUSIVE MODE"), connection::commit);
        }
    }

    @Test
    void aDatabaseThatIsSilent() throws Exception {
        endure(() -> wire.become(Proxy.Quality.SILENT), () -> wire.become(Proxy.Quality.GOOD));
    }

    @Test
    void aDatabaseThatAnswersOneByteAtATime() throws Exception {
        endure(() -> wire.become(Proxy.Quality.DRIPPING), () -> wire.become(Proxy.Quality.GOOD));
    }

    /** The trouble lasts until every caller has been refused twice, which those would not be who had to wait for its end. */
    private static void endure(Step trouble, Step end) throws Exception {
        List<Callers> asking = new ArrayList<>();
        long servedAfter = 0;
        try {
            for (JetonProcess replica : replicas) {
                asking.add(new Callers(replica.as(gateway), allowed.request(), CALLERS));
                asking.add(new Callers(replica.as(gateway), cancelled.request(), CALLERS));
            }
            for (Callers callers : asking) {
                callers.await(CALLERS, LostDatabaseIT::isServed);
            }
            long began;
            long ending;
            try {
                trouble.take();
                began = System.nanoTime();
                for (Callers callers : asking) {
                    callers.await(2 * CALLERS, call -> !isServed(call));
                }
            } finally {
                ending = System.nanoTime();
                end.take();
            }
            long ended = System.nanoTime();
            for (Callers callers : asking) {
                Callers.Call served = callers.await(1, call -> call.asked() > ended && isServed(call));
                servedAfter = Math.max(servedAfter, served.answered() - ended);
                assertThat(callers.calls())
                        .noneMatch(call -> call.asked() > began && call.answered() < ending && isServed(call));
            }
        } finally {
            for (Callers callers : asking) {
                callers.close();
            }
        }
        for (int i = 0; i < asking.size(); i++) {
            Answer right = i % 2 == 0 ? Answer.ALLOWED : CANCELLED;
            assertThat(asking.get(i).calls())
                    .allMatch(
                            call -> call.answer().equals(right) || call.answer().equals(UNAVAILABLE));
        }
        long longest = asking.stream()
                .flatMap(callers -> callers.calls().stream())
                .mapToLong(call -> call.answered() - call.asked())
                .max()
                .getAsLong();
        System.out.printf(
                "The longest call took %d ms; all were served %d ms after the trouble%n",
                longest / 1_000_000, servedAfter / 1_000_000);
        if (QUIET) {
            assertThat(Duration.ofNanos(longest)).isLessThan(ANSWERED_WITHIN);
            assertThat(Duration.ofNanos(servedAfter)).isLessThan(SERVED_WITHIN);
        }
    }

    private static boolean isServed(Callers.Call call) {
        return !call.answer().equals(UNAVAILABLE);
    }
}
