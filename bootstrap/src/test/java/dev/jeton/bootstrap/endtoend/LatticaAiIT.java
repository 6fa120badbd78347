package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.days;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Api.useFor;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.v1.AssignTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** LatticaAI: rows 3, 6, 9, 13, 14, 16, 17, 21 and 24 to 29 of what the five products document, in the hands of an operator, an admin and a member. */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
class LatticaAiIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();

    @Parameter
    Role role;

    private Console console;
    private Tenant tenant;
    private User user;

    @BeforeEach
    void setUp() throws Exception {
        tenant = operator.tenant("lattica-ai.json");
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
    }

    @Test
    void theSdkRegistersAModelAndGeneratesAQueryTokenForIt() {
        Workload model = model("llama-3");
        CreateTokenResponse generated =
                console.create(newToken(user, "query token").addWorkloadIds(model.getId()));
        assertThat(generated.getToken().getId()).isNotEmpty().isNotEqualTo(generated.getSecret());
        assertThat(generated.getSecret()).isNotEmpty();
        assertThat(console.verdict(useFor(generated, model))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @Test
    void aTokenCreatedUnassignedIsUsableOnceLinkedWithTheSameSecret() {
        Workload model = model("llama-3");
        Workload other = model("mistral-7b");
        CreateTokenResponse created = console.create(newToken(user, "later"));
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_UNASSIGNED);
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_UNASSIGNED);

        assertThat(assign(created, model).getWorkloadIdsList()).containsExactly(model.getId());
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(useFor(created, other))).isEqualTo(Verdict.VERDICT_WORKLOAD_NOT_ALLOWED);

        assign(created, other);
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_WORKLOAD_NOT_ALLOWED);
        assertThat(console.verdict(useFor(created, other))).isEqualTo(Verdict.VERDICT_ALLOWED);

        assign(created);
        assertThat(console.verdict(useFor(created, other))).isEqualTo(Verdict.VERDICT_UNASSIGNED);
    }

    @Test
    void aTokenBelongsToOneModelOnly() throws Exception {
        Workload one = model("one");
        Workload two = model("two");
        assertRefuses(
                "workload_ids",
                "TOO_MANY_WORKLOADS",
                () -> console.create(
                        newToken(user, "both").addWorkloadIds(one.getId()).addWorkloadIds(two.getId())));
        CreateTokenResponse created = console.create(newToken(user, "one"));
        assertRefuses("workload_ids", "TOO_MANY_WORKLOADS", () -> assign(created, one, two));
    }

    @Test
    void everyTokenLivesThirtyDaysWithNothingToChoose() throws Exception {
        Token token = console.create(newToken(user, "fixed")).getToken();
        assertThat(instant(token.getExpireTime()))
                .isEqualTo(instant(token.getCreateTime()).plus(java.time.Duration.ofDays(30)));
        assertRefuses(
                "lifetime",
                "EXPIRY_FIXED",
                () -> console.create(newToken(user, "longer").setLifetime(days(60))));
        assertRefuses(
                "never_expires",
                "EXPIRY_FIXED",
                () -> console.create(newToken(user, "for ever").setNeverExpires(true)));
    }

    @Test
    void aWrongTokenIsDeletedInTheSameFlowAndMadeAnew() {
        CreateTokenResponse wrong = console.create(newToken(user, "typo"));
        console.delete(wrong.getToken().getId());
        CreateTokenResponse right = console.create(newToken(user, "typo"));
        assertThat(console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())))
                .containsExactly(right.getToken());
        assertThat(console.verdict(use(wrong))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @Test
    void tokensAreListedForEachModelAndCentrally() {
        Workload model = model("llama-3");
        Token assigned = console.create(newToken(user, "assigned").addWorkloadIds(model.getId()))
                .getToken();
        Token unassigned = console.create(newToken(user, "unassigned")).getToken();

        assertThat(console.list(ListTokensRequest.newBuilder().setWorkloadId(model.getId())))
                .containsExactly(assigned);
        ListTokensRequest.Builder central = ListTokensRequest.newBuilder().setTenantId(tenant.getId());
        assertThat(console.list(central)).containsExactly(unassigned, assigned);
        assertThat(console.list(central.setUnassigned(true))).containsExactly(unassigned);
    }

    @Test
    void aTokenIsUpdatedCancelledReactivatedAndDeleted() {
        Workload model = model("llama-3");
        CreateTokenResponse created = console.create(newToken(user, "life").addWorkloadIds(model.getId()));

        Token updated = console.tokens
                .updateToken(UpdateTokenRequest.newBuilder()
                        .setTokenId(created.getToken().getId())
                        .setDescription("for the demo")
                        .setEtag(created.getToken().getEtag())
                        .build())
                .getToken();
        assertThat(updated.getDescription()).isEqualTo("for the demo");
        assertThat(updated.getWorkloadIdsList()).containsExactly(model.getId());
        assertThat(updated.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);
        assertThat(updated.hasExpireTime()).isTrue();
        assertThat(updated.getEtag()).isNotEqualTo(created.getToken().getEtag());

        console.cancel(updated.getId(), "demo over");
        assertThat(console.get(updated.getId()).getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_CANCELLED);
        assertThat(console.get(updated.getId()).getCancelReason()).isEqualTo("demo over");
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_CANCELLED);

        console.tokens.reactivateToken(
                ReactivateTokenRequest.newBuilder().setTokenId(updated.getId()).build());
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_ALLOWED);

        console.delete(updated.getId());
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @Test
    void anExpiredTokenIsRefusedAndWorksAgainAfterRenewal() {
        Workload model = model("llama-3");
        TokenPolicy policy = tenant.getTokenPolicy();
        console.setPolicy(
                tenant.getId(),
                withLifetime(policy, Duration.newBuilder().setNanos(200_000_000).build()));
        CreateTokenResponse created = console.create(newToken(user, "short").addWorkloadIds(model.getId()));
        console.setPolicy(tenant.getId(), policy);
        Awaiting.until(() -> console.verdict(useFor(created, model)), Verdict.VERDICT_EXPIRED::equals);
        assertThat(console.get(created.getToken().getId()).getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_EXPIRED);

        Token renewed = console.tokens
                .renewToken(RenewTokenRequest.newBuilder()
                        .setTokenId(created.getToken().getId())
                        .build())
                .getToken();
        assertThat(instant(renewed.getExpireTime()))
                .isEqualTo(instant(renewed.getUpdateTime()).plus(java.time.Duration.ofDays(30)));
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    private Workload model(String name) {
        return console.workload(tenant.getId(), WorkloadKind.WORKLOAD_KIND_MODEL, name);
    }

    private Token assign(CreateTokenResponse created, Workload... workloads) {
        return console.tokens
                .assignToken(AssignTokenRequest.newBuilder()
                        .setTokenId(created.getToken().getId())
                        .addAllWorkloadIds(
                                List.of(workloads).stream().map(Workload::getId).toList())
                        .build())
                .getToken();
    }

    private static TokenPolicy withLifetime(TokenPolicy policy, Duration lifetime) {
        TokenPolicy.Builder changed = policy.toBuilder();
        changed.getExpiryRuleBuilder().setDefaultLifetime(lifetime);
        return changed.build();
    }
}
