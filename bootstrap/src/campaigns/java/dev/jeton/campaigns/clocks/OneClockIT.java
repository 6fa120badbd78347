package dev.jeton.campaigns.clocks;

import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.timestamp;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.jeton.bootstrap.HastyJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.Faketime;
import dev.jeton.bootstrap.support.SharedPostgres;
import dev.jeton.campaigns.Form;
import dev.jeton.v1.AuditEvent;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ExpiryRule;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one database, whose clocks differ. What a call answers, and what the trail says, does not depend on them. */
class OneClockIT {
    private static final Duration HALF_AN_HOUR =
            Duration.newBuilder().setSeconds(1_800).build();
    private static final java.time.Duration SLACK = java.time.Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static Cluster cluster;
    private static Api right;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.on(directory, SharedPostgres.newMigratedDatabase());
        right = new Api(cluster.server("right").asOperator());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    /** In the long form only, and best alone: a Java process is ten times as slow with the library. */
    @Test
    @EnabledIf("isLongWithFaketime")
    void clocksOfServersDoNotMatter() {
        Api slow = replica("slow", java.time.Duration.ofHours(-1));
        Api fast = replica("fast", java.time.Duration.ofDays(2));

        assertThat(differences(slow, fast)).isEmpty();
        assertThat(differences(fast, slow)).isEmpty();
    }

    @Test
    @Tag("G17")
    void aServerThatTrustsItsOwnClockIsCaught() {
        Api hasty = new Api(cluster.twin("hasty", HastyJeton.class).as(cluster.operatorToken()));

        assertThat(differences(right, right)).isEmpty();
        // Its events lie in the future, and what comes after them must not be earlier: ask it nothing that moves the
        // right one's time.
        List<String> found = new ArrayList<>();
        checkLifetimes(hasty, hasty, right.user(tenant().getId()), found);
        assertThat(found).contains("create time", "expire time", "expiry within the maximum");
    }

    static boolean isLongWithFaketime() {
        return Form.current() == Form.LONG && Faketime.isInstalled();
    }

    private static Api replica(String name, java.time.Duration offset) {
        return new Api(cluster.serverAtWrongTime(name, new Faketime(offset)).as(cluster.operatorToken()));
    }

    /** What two replicas, used in turn, answer differently from what one with the right time does. */
    private static List<String> differences(Api one, Api other) {
        Tenant tenant = tenant();
        User owner = right.user(tenant.getId());
        List<String> found = new ArrayList<>();
        checkLifetimes(one, other, owner, found);
        checkExpiry(one, other, owner, found);
        checkOrder(one, other, tenant, owner, found);
        checkRetry(one, other, owner, found);
        return found;
    }

    private static Tenant tenant() {
        return right.tenant(TokenPolicy.newBuilder()
                .setExpiryRule(
                        ExpiryRule.newBuilder().setDefaultLifetime(HALF_AN_HOUR).setMaxLifetime(HALF_AN_HOUR))
                .build());
    }

    private static void checkLifetimes(Api one, Api other, User owner, List<String> found) {
        CreateTokenResponse created = one.create(newToken(owner, "half an hour").setLifetime(HALF_AN_HOUR));
        Instant now = Instant.now();
        expect(near(instant(created.getToken().getCreateTime()), now), "create time", found);
        expect(
                near(instant(created.getToken().getExpireTime()), now.plusSeconds(HALF_AN_HOUR.getSeconds())),
                "expire time",
                found);
        expect(other.verdict(use(created)) == Verdict.VERDICT_ALLOWED, "verdict", found);
        expect(
                accepts(one, newToken(owner, "soon").setExpireTime(timestamp(now.plusSeconds(1_700)))),
                "expiry within the maximum",
                found);
        expect(
                !accepts(one, newToken(owner, "late").setExpireTime(timestamp(now.plusSeconds(2_000)))),
                "expiry beyond the maximum",
                found);
        expect(
                !accepts(one, newToken(owner, "past").setExpireTime(timestamp(now.minusSeconds(60)))),
                "expiry in the past",
                found);
    }

    private static void checkExpiry(Api one, Api other, User owner, List<String> found) {
        CreateTokenResponse created = right.create(
                newToken(owner, "short").setExpireTime(timestamp(Instant.now().plusSeconds(5))));
        String id = created.getToken().getId();
        expect(one.get(id).getStatus() == TokenStatus.TOKEN_STATUS_ACTIVE, "status before the expiry", found);
        expect(other.verdict(use(created)) == Verdict.VERDICT_ALLOWED, "verdict before the expiry", found);
        while (right.verdict(use(created)) == Verdict.VERDICT_ALLOWED) {
            Thread.onSpinWait();
        }
        expect(one.get(id).getStatus() == TokenStatus.TOKEN_STATUS_EXPIRED, "status after the expiry", found);
        expect(other.verdict(use(created)) == Verdict.VERDICT_EXPIRED, "verdict after the expiry", found);
        expect(
                one
                        .list(ListTokensRequest.newBuilder()
                                .setUserId(owner.getId())
                                .setStatus(TokenStatus.TOKEN_STATUS_EXPIRED))
                        .stream()
                        .anyMatch(token -> token.getId().equals(id)),
                "list of expired tokens",
                found);
    }

    /** Changes a token through both in turn, and creates tokens through both in turn. */
    private static void checkOrder(Api one, Api other, Tenant tenant, User owner, List<String> found) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            created.add((i % 2 == 0 ? one : other)
                    .create(newToken(owner, "token " + i))
                    .getToken()
                    .getId());
        }
        List<Instant> updates = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Api api = i % 2 == 0 ? one : other;
            if (i % 4 < 2) {
                api.cancel(created.get(0));
                api.reactivate(created.get(0));
            } else {
                api.reactivate(created.get(0));
                api.cancel(created.get(0));
            }
            Token changed = right.get(created.get(0));
            updates.add(instant(changed.getUpdateTime()));
            expect(
                    !instant(changed.getUpdateTime()).isBefore(instant(changed.getCreateTime())),
                    "update time before create time",
                    found);
        }
        expect(updates.stream().sorted().toList().equals(updates), "order of update times", found);
        List<String> listed = right.list(ListTokensRequest.newBuilder().setUserId(owner.getId())).stream()
                .map(Token::getId)
                .filter(created::contains)
                .toList();
        List<String> newestFirst = new ArrayList<>(created);
        newestFirst.sort(Comparator.comparing(created::indexOf).reversed());
        expect(listed.equals(newestFirst), "order of tokens", found);
        List<AuditEvent> events = right.audit
                .listAuditEvents(ListAuditEventsRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setResourceId(created.get(0))
                        .build())
                .getEventsList();
        List<Instant> times =
                events.stream().map(event -> instant(event.getCreateTime())).toList();
        expect(times.stream().sorted(Comparator.reverseOrder()).toList().equals(times), "order of events", found);
        expect(alternate(events), "order of actions", found);
    }

    /** Whether cancellations and reactivations alternate, as they were done. */
    private static boolean alternate(List<AuditEvent> newestFirst) {
        List<String> actions = newestFirst.stream().map(AuditEvent::getAction).toList();
        for (int i = 1; i < actions.size(); i++) {
            if (actions.get(i).equals(actions.get(i - 1))) {
                return false;
            }
        }
        return true;
    }

    private static void checkRetry(Api one, Api other, User owner, List<String> found) {
        CreateTokenRequest.Builder request =
                newToken(owner, "once").setRequestId(UUID.randomUUID().toString());
        CreateTokenResponse first = one.create(request);
        CreateTokenResponse second = other.create(request);
        expect(second.getReplayed() && second.getToken().equals(first.getToken()), "retry", found);
    }

    private static boolean accepts(Api api, CreateTokenRequest.Builder request) {
        try {
            api.create(request);
            return true;
        } catch (StatusRuntimeException refused) {
            return false;
        }
    }

    private static boolean near(Instant time, Instant expected) {
        return java.time.Duration.between(time, expected).abs().compareTo(SLACK) < 0;
    }

    private static void expect(boolean holds, String what, List<String> found) {
        if (!holds) {
            found.add(what);
        }
    }
}
