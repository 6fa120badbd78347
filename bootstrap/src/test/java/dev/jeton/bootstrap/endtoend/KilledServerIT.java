package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.endtoend.Console.newToken;
import static dev.jeton.bootstrap.endtoend.Console.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.JetonProcess;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed without warning while clients create and cancel: whatever it acknowledged is there when it is back. */
class KilledServerIT {
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 400;

    @TempDir
    Path dataDirectory;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        Queue<CreateTokenResponse> created = new ConcurrentLinkedQueue<>();
        Queue<CreateTokenResponse> cancelled = new ConcurrentLinkedQueue<>();
        try (JetonProcess jeton = JetonProcess.start(dataDirectory)) {
            Console console = new Console(jeton.asOperator());
            Tenant tenant = console.tenants
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setDisplayName("Acme")
                            .build())
                    .getTenant();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                User user = console.user(tenant);
                clients.add(new Thread(() -> createAndCancelUntilRefused(console, user, created, cancelled)));
            }
            clients.forEach(Thread::start);
            Awaiting.until(created::size, size -> size >= ENOUGH);
            jeton.kill9();
            for (Thread client : clients) {
                client.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(client.isAlive()).isFalse();
            }
        }
        try (JetonProcess jeton = JetonProcess.start(dataDirectory)) {
            Console console = new Console(jeton.asOperator());
            assertThat(created).hasSizeGreaterThanOrEqualTo(ENOUGH).allSatisfy(token -> assertThat(
                            console.verdict(use(token)))
                    .isIn(Verdict.VERDICT_ALLOWED, Verdict.VERDICT_CANCELLED));
            assertThat(cancelled).isNotEmpty().allSatisfy(token -> assertThat(console.verdict(use(token)))
                    .isEqualTo(Verdict.VERDICT_CANCELLED));
        }
    }

    private static void createAndCancelUntilRefused(
            Console console, User user, Queue<CreateTokenResponse> created, Queue<CreateTokenResponse> cancelled) {
        try {
            while (true) {
                CreateTokenResponse token = console.create(newToken(user, "acknowledged"));
                created.add(token);
                if (created.size() % 3 == 0) {
                    console.cancel(token.getToken(), "acknowledged too");
                    cancelled.add(token);
                }
            }
        } catch (StatusRuntimeException killed) {
            // The server is gone, as it should be; what was acknowledged before is in the queues.
            return;
        }
    }
}
