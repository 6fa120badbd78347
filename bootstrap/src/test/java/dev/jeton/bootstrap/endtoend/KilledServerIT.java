package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListAuditEventsResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed without warning while clients create and cancel: whatever it acknowledged is there when it is back, and whatever is
 * there is in the trail, once.
 */
class KilledServerIT {
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 400;

    @TempDir
    Path dataDirectory;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        Queue<CreateTokenResponse> created = new ConcurrentLinkedQueue<>();
        Queue<CreateTokenResponse> cancelled = new ConcurrentLinkedQueue<>();
        Tenant tenant;
        try (JetonProcess jeton = JetonProcess.start(dataDirectory)) {
            Console console = new Console(jeton.asOperator());
            tenant = console.tenants
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setDisplayName("Acme")
                            .build())
                    .getTenant();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                User user = console.user(tenant.getId());
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
            assertThatTheTrailTells(tenant, jeton.asOperator());
        }
    }

    /** Also of what was done and not acknowledged any more. */
    private static void assertThatTheTrailTells(Tenant tenant, Channel channel) {
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

    private static void createAndCancelUntilRefused(
            Console console, User user, Queue<CreateTokenResponse> created, Queue<CreateTokenResponse> cancelled) {
        try {
            while (true) {
                CreateTokenResponse token = console.create(newToken(user, "acknowledged"));
                created.add(token);
                if (created.size() % 3 == 0) {
                    console.cancel(token.getToken().getId(), "acknowledged too");
                    cancelled.add(token);
                }
            }
        } catch (StatusRuntimeException killed) {
            // The server is gone, as it should be; what was acknowledged before is in the queues.
            return;
        }
    }
}
