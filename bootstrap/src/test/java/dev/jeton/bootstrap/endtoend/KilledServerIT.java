package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListAuditEventsResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server while clients create and cancel tokens. After the restart every acknowledged change is there, and every change has one
 * audit event.
 */
@Tag("G1")
@Timeout(300)
class KilledServerIT {
    private static final int CLIENTS = 8;
    private static final int CREATES = 400;

    @TempDir
    private Path dataDirectory;

    private final Queue<CreateTokenResponse> created = new ConcurrentLinkedQueue<>();
    private final Queue<CreateTokenResponse> cancelled = new ConcurrentLinkedQueue<>();
    private final CountDownLatch creates = new CountDownLatch(CREATES);

    @Test
    void acknowledgedChangesSurviveAKill() throws Exception {
        try (JetonProcess killed = JetonProcess.start(dataDirectory)) {
            Console console = new Console(killed.asOperator());
            Tenant tenant = console.tenant(TokenPolicy.getDefaultInstance());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                User user = console.user(tenant.getId());
                clients.add(new Thread(() -> createAndCancelUntilRefused(console, user)));
            }
            clients.forEach(Thread::start);
            creates.await();
            killed.kill9();
            for (Thread client : clients) {
                client.join();
            }
            ProcessHandle orphan = killed.postgres().orElseThrow();

            try (JetonProcess jeton = JetonProcess.start(dataDirectory)) {
                assertThat(jeton.postgres()).isPresent().get().isNotEqualTo(orphan);
                assertThat(jeton.log())
                        .contains("Stopping PostgreSQL (process " + orphan.pid()
                                + "), still running after its server was killed");
                assertAcknowledgedChangesArePresent(new Console(jeton.asOperator()), tenant);
                assertEachChangeHasOneEvent(tenant, jeton.asOperator());
                assertThat(jeton.terminate()).isZero();
            }
        }
    }

    private void assertAcknowledgedChangesArePresent(Console console, Tenant tenant) {
        assertThat(console.tenants
                        .getTenant(GetTenantRequest.newBuilder()
                                .setTenantId(tenant.getId())
                                .build())
                        .getTenant())
                .isEqualTo(tenant);
        assertThat(created).hasSizeGreaterThanOrEqualTo(CREATES).allSatisfy(token -> assertThat(
                        console.verdict(use(token)))
                .isIn(Verdict.VERDICT_ALLOWED, Verdict.VERDICT_CANCELLED));
        assertThat(cancelled).isNotEmpty().allSatisfy(token -> assertThat(console.verdict(use(token)))
                .isEqualTo(Verdict.VERDICT_CANCELLED));
    }

    /** Includes changes that were committed but never acknowledged. */
    private static void assertEachChangeHasOneEvent(Tenant tenant, Channel channel) {
        List<Token> tokens = new ArrayList<>();
        ListTokensRequest.Builder listing =
                ListTokensRequest.newBuilder().setTenantId(tenant.getId()).setPageSize(1000);
        do {
            ListTokensResponse page = TokenServiceGrpc.newBlockingStub(channel).listTokens(listing.build());
            tokens.addAll(page.getTokensList());
            listing.setPageToken(page.getNextPageToken());
        } while (!listing.getPageToken().isEmpty());

        assertThat(changed(tenant, "CreateToken", channel))
                .containsExactlyInAnyOrderElementsOf(
                        tokens.stream().map(Token::getId).toList());
        assertThat(changed(tenant, "CancelToken", channel))
                .containsExactlyInAnyOrderElementsOf(tokens.stream()
                        .filter(token -> token.getStatus() == TokenStatus.TOKEN_STATUS_CANCELLED)
                        .map(Token::getId)
                        .toList());
    }

    private static List<String> changed(Tenant tenant, String action, Channel channel) {
        List<String> changed = new ArrayList<>();
        ListAuditEventsRequest.Builder listing = ListAuditEventsRequest.newBuilder()
                .setTenantId(tenant.getId())
                .setAction(action)
                .setPageSize(1000);
        do {
            ListAuditEventsResponse page =
                    AuditServiceGrpc.newBlockingStub(channel).listAuditEvents(listing.build());
            page.getEventsList().forEach(event -> changed.add(event.getResourceId()));
            listing.setPageToken(page.getNextPageToken());
        } while (!listing.getPageToken().isEmpty());
        return changed;
    }

    private void createAndCancelUntilRefused(Console console, User user) {
        try {
            while (true) {
                CreateTokenResponse token = console.create(newToken(user, "acknowledged"));
                created.add(token);
                creates.countDown();
                if (created.size() % 3 == 0) {
                    console.cancel(token.getToken().getId(), "acknowledged too");
                    cancelled.add(token);
                }
            }
        } catch (StatusRuntimeException killed) {
            // The queues have the changes acknowledged so far.
            return;
        }
    }
}
