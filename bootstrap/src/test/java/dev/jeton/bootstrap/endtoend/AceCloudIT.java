package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.timestamp;
import static dev.jeton.bootstrap.support.Api.useFor;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Token;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AceCloud AI Hub: rows 2, 7, 10, 13, 23, 27 and 28. */
class AceCloudIT extends AbstractProductIT {
    private Workload chat;
    private Workload embeddings;
    private Workload images;

    AceCloudIT() {
        super("acecloud.json");
    }

    @BeforeEach
    void makeEndpoints() {
        chat = endpoint("chat");
        embeddings = endpoint("embeddings");
        images = endpoint("images");
    }

    @DisplayName("rows 10 and 23: a token authenticates requests to the endpoints it was given and no others")
    @Test
    void isValidForTheChosenEndpointsOnly() {
        CreateTokenResponse created = console.create(request("two-endpoints").addWorkloadIds(embeddings.getId()));
        assertThat(console.list(ListTokensRequest.newBuilder().setWorkloadId(embeddings.getId())))
                .containsExactly(created.getToken());
        assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(useFor(created, embeddings))).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(useFor(created, images))).isEqualTo(Verdict.VERDICT_WORKLOAD_NOT_ALLOWED);
    }

    @DisplayName("row 10: an endpoint is chosen at creation")
    @Test
    void requiresAnEndpointAtCreation() throws Exception {
        assertRefuses("workload_ids", "WORKLOAD_REQUIRED", () -> console.create(newToken(user, "no-endpoint")));
    }

    @DisplayName("row 2: a name is unique until its token is deleted")
    @Test
    void keepsNamesUniqueUntilTheTokenIsDeleted() throws Exception {
        CreateTokenResponse first = console.create(request("ci-runner"));
        User colleague = operator.user(tenant.getId());
        CreateTokenRequest.Builder second = newToken(colleague, "ci-runner").addWorkloadIds(chat.getId());
        assertRefuses(Code.ALREADY_EXISTS, "TOKEN_NAME_TAKEN", () -> operator.create(second));

        console.delete(first.getToken().getId());
        CreateTokenResponse next = operator.create(second);
        assertThat(console.verdict(useFor(first, chat))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(console.verdict(useFor(next, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @DisplayName("row 2: a name has only lowercase letters, digits and hyphens")
    @ParameterizedTest
    @ValueSource(strings = {"QA-Test-Token", "ci_runner", "ci runner", "ci.runner", "läufer"})
    void refusesOtherCharactersInNames(String name) throws Exception {
        assertRefuses("name", "NAME_CHARACTER_NOT_ALLOWED", () -> console.create(request(name)));
    }

    @DisplayName("row 7: a token expires after 30 days or at a custom date and time")
    @Test
    void expiresAfterThirtyDaysOrAtTheChosenTime() {
        Token byDefault = console.create(request("by-default")).getToken();
        assertThat(instant(byDefault.getExpireTime()))
                .isEqualTo(instant(byDefault.getCreateTime()).plus(Duration.ofDays(30)));

        Instant custom = Instant.now().plus(Duration.ofDays(200)).truncatedTo(ChronoUnit.MICROS);
        Token chosen = console.create(request("custom").setExpireTime(timestamp(custom)))
                .getToken();
        assertThat(instant(chosen.getExpireTime())).isEqualTo(custom);
    }

    @DisplayName("row 7: a date and time in the past is refused")
    @Test
    void refusesAnExpiryInThePast() throws Exception {
        assertRefuses(
                "expire_time",
                "EXPIRY_NOT_IN_FUTURE",
                () -> console.create(
                        request("past").setExpireTime(timestamp(Instant.now().minusSeconds(1)))));
    }

    @DisplayName("row 27: an expired token is refused")
    @Test
    void refusesAnExpiredToken() {
        CreateTokenResponse created = console.create(request("short"));
        assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
        expireSoon(created.getToken().getId());
        Awaiting.until(() -> console.verdict(useFor(created, chat)), Verdict.VERDICT_EXPIRED::equals);
        assertThat(Instant.now())
                .isAfterOrEqualTo(
                        instant(console.get(created.getToken().getId()).getExpireTime()));
    }

    @DisplayName("row 28: a request with a deleted token fails immediately")
    @Test
    void refusesADeletedTokenAtOnce() {
        for (int i = 0; i < 20; i++) {
            CreateTokenResponse created = console.create(request("to-delete"));
            assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
            console.delete(created.getToken().getId());
            assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        }
    }

    @Override
    CreateTokenRequest.Builder request(String name) {
        return newToken(user, name).addWorkloadIds(chat.getId());
    }

    private Workload endpoint(String name) {
        return console.workload(tenant.getId(), WorkloadKind.WORKLOAD_KIND_ENDPOINT, name);
    }
}
