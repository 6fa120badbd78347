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
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AceCloud AI Hub: rows 2, 7, 10, 13, 23, 27 and 28 of what the five products document, in the hands of an operator, an admin and a member. */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
class AceCloudIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();

    @Parameter
    Role role;

    private Console console;
    private Tenant tenant;
    private User user;
    private Workload chat;
    private Workload embeddings;
    private Workload images;

    @BeforeEach
    void setUp() throws Exception {
        tenant = operator.tenant("acecloud.json");
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
        chat = endpoint("chat");
        embeddings = endpoint("embeddings");
        images = endpoint("images");
    }

    @Test
    void aTokenAuthenticatesRequestsToTheEndpointsItWasGivenAndNoOthers() {
        CreateTokenResponse created = console.create(request("two-endpoints").addWorkloadIds(embeddings.getId()));
        assertThat(console.list(ListTokensRequest.newBuilder().setWorkloadId(embeddings.getId())))
                .containsExactly(created.getToken());
        assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(useFor(created, embeddings))).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(useFor(created, images))).isEqualTo(Verdict.VERDICT_WORKLOAD_NOT_ALLOWED);
    }

    @Test
    void anEndpointIsChosenAtCreation() throws Exception {
        assertRefuses("workload_ids", "WORKLOAD_REQUIRED", () -> console.create(newToken(user, "no-endpoint")));
    }

    @Test
    void aNameIsUniqueUntilItsTokenIsDeleted() throws Exception {
        CreateTokenResponse first = console.create(request("ci-runner"));
        User colleague = operator.user(tenant.getId());
        CreateTokenRequest.Builder second = newToken(colleague, "ci-runner").addWorkloadIds(chat.getId());
        assertRefuses(Code.ALREADY_EXISTS, "TOKEN_NAME_TAKEN", () -> operator.create(second));

        console.delete(first.getToken().getId());
        CreateTokenResponse next = operator.create(second);
        assertThat(console.verdict(useFor(first, chat))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(console.verdict(useFor(next, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QA-Test-Token", "ci_runner", "ci runner", "ci.runner", "läufer"})
    void aNameHasOnlyLowercaseLettersDigitsAndHyphens(String name) throws Exception {
        assertRefuses("name", "NAME_CHARACTER_NOT_ALLOWED", () -> console.create(request(name)));
    }

    @Test
    void aTokenLivesThirtyDaysUnlessADateAndTimeIsSet() {
        Token byDefault = console.create(request("by-default")).getToken();
        assertThat(instant(byDefault.getExpireTime()))
                .isEqualTo(instant(byDefault.getCreateTime()).plus(Duration.ofDays(30)));

        Instant custom = Instant.now().plus(Duration.ofDays(200)).truncatedTo(ChronoUnit.MICROS);
        Token chosen = console.create(request("custom").setExpireTime(timestamp(custom)))
                .getToken();
        assertThat(instant(chosen.getExpireTime())).isEqualTo(custom);
    }

    @Test
    void aDateAndTimeInThePastIsRefused() throws Exception {
        assertRefuses(
                "expire_time",
                "EXPIRY_NOT_IN_FUTURE",
                () -> console.create(
                        request("past").setExpireTime(timestamp(Instant.now().minusSeconds(1)))));
    }

    @Test
    void anExpiredTokenIsRefused() {
        CreateTokenResponse created = console.create(
                request("short").setExpireTime(timestamp(Instant.now().plusMillis(700))));
        assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
        Awaiting.until(() -> console.verdict(useFor(created, chat)), Verdict.VERDICT_EXPIRED::equals);
        assertThat(Instant.now()).isAfterOrEqualTo(instant(created.getToken().getExpireTime()));
    }

    @Test
    void aRequestWithADeletedTokenFailsImmediately() {
        for (int i = 0; i < 20; i++) {
            CreateTokenResponse created = console.create(request("to-delete"));
            assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_ALLOWED);
            console.delete(created.getToken().getId());
            assertThat(console.verdict(useFor(created, chat))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        }
    }

    private CreateTokenRequest.Builder request(String name) {
        return newToken(user, name).addWorkloadIds(chat.getId());
    }

    private Workload endpoint(String name) {
        return console.workload(tenant.getId(), WorkloadKind.WORKLOAD_KIND_ENDPOINT, name);
    }
}
