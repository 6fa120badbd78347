package dev.jeton.campaigns.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.QuietMachine;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.campaigns.overload.TokenCreation.Count;
import dev.jeton.v1.Role;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that gets ten times its capacity sheds most calls, keeps nearly its throughput, and still revokes access.
 */
@Tag("G14")
class OverloadIT {
    private static final int TIMES = 10;

    /** Calls that the server runs concurrently. */
    private static final int THREADS = 16;

    /** Queued calls: few, so that the queue fills within a second even on a slow machine. */
    private static final int QUEUE = 48;

    /** More than threads and queue hold, so that even a slow machine sheds calls. */
    private static final int MOST_IN_FLIGHT = TIMES * (THREADS + QUEUE);

    /** The minimum share of the throughput without overload; not asserted on a busy machine, where the two are not comparable. */
    private static final double GOODPUT = 0.8;

    private static final double GOODPUT_BESIDE_OTHER_WORK = 0.2;
    private static final double REVOCATIONS = 0.99;

    /** Beside other tests, the smoke form judges only whether a revocation succeeds. */
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(Form.pick(60, 10, 10));

    private final QuietMachine machine = new QuietMachine();

    @TempDir
    private Path directory;

    @Test
    void shedsCallsButKeepsItsThroughputAndRevokesAccess() throws Exception {
        try (JetonProcess server = JetonProcess.start(directory, "--management-queue=" + QUEUE)) {
            Api api = new Api(server.asOperator());
            User manager = api.user(api.tenant(TokenPolicy.getDefaultInstance()).getId(), Role.ROLE_TENANT_ADMIN);
            List<String> toRevoke = Stream.generate(() -> api.create(Api.newToken(manager, "to revoke"))
                            .getToken()
                            .getId())
                    .limit(Form.pick(30, 150, 600))
                    .toList();
            try (TokenCreation creation = new TokenCreation(server, api.credential(manager, "jeton:manage"))) {
                Count most = withoutOverload(creation);
                assertThat(creation.refused()).isEmpty();

                Revocations revocations = new Revocations(new Api(server.asOperator(), REVOKED_WITHIN));
                Count overloaded = overload(creation, TIMES * most.created(), () -> revocations.run(toRevoke));

                double goodput = overloaded.created() / most.created();
                Results.add(
                        "G14",
                        "overload",
                        "goodput %.2f: %.0f/s created of %.0f/s requested, %.0f/s without overload; refused: %s; %s; client %.2f cores, %.2f before, others %.2f"
                                .formatted(
                                        goodput,
                                        overloaded.created(),
                                        overloaded.asked(),
                                        most.created(),
                                        creation.refused(),
                                        revocations,
                                        overloaded.client(),
                                        most.client(),
                                        machine.othersCores()));
                assertThat(creation.wrong()).isZero();
                assertThat(goodput).isGreaterThan(machine.wasQuiet() ? GOODPUT : GOODPUT_BESIDE_OTHER_WORK);
                assertThat(revocations.tried()).isGreaterThan(50);
                assertThat(revocations.succeeded()).isGreaterThanOrEqualTo(REVOCATIONS);
            }
        }
    }

    /** The throughput with as many calls in flight as the server has threads. */
    private static Count withoutOverload(TokenCreation creation) throws InterruptedException {
        try (Load load = creation.inFlight(THREADS)) {
            Thread.sleep(Form.pick(1_500, 10_000, 20_000));
            Count before = creation.count();
            Thread.sleep(Form.pick(1_500, 10_000, 20_000));
            assertThat(load.hasFailed()).isFalse();
            return creation.count().since(before);
        }
    }

    /** @param meanwhile starts when the server sheds calls; the measurement lasts until it returns */
    private static Count overload(TokenCreation creation, double perSecond, Runnable meanwhile) {
        Count overloaded;
        try (Load load = creation.atRate(perSecond, MOST_IN_FLIGHT)) {
            Awaiting.until(creation::refused, refused -> refused.containsKey(Status.Code.RESOURCE_EXHAUSTED));
            Count before = creation.count();
            meanwhile.run();
            assertThat(load.hasFailed()).isFalse();
            overloaded = creation.count().since(before);
        }
        Awaiting.until(creation::inFlight, calls -> calls == 0);
        return overloaded;
    }
}
