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
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LatticaAI: rows 3, 6, 9, 13, 14, 16, 17, 21, 24 to 27 and 29. Row 17's licence key is the token of the console's caller. */
class LatticaAiIT extends AbstractProductIT {
    LatticaAiIT() {
        super("lattica-ai.json");
    }

    @DisplayName(
            "rows 14 and 17: the SDK registers a model and generates a query token for it; id and secret are two things")
    @Test
    void registersAModelAndGeneratesItsQueryToken() {
        Workload model = model("llama-3");
        CreateTokenResponse generated = console.create(request("query token").addWorkloadIds(model.getId()));
        assertThat(generated.getToken().getId()).isNotEmpty().isNotEqualTo(generated.getSecret());
        assertThat(generated.getSecret()).isNotEmpty();
        assertThat(console.verdict(useFor(generated, model))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @DisplayName("rows 9, 24, 25 and 26: a token created unassigned is usable once it is linked, with the same secret")
    @Test
    void isUsableOnceLinkedWithTheSameSecret() {
        Workload model = model("llama-3");
        Workload other = model("mistral-7b");
        CreateTokenResponse created = console.create(request("later"));
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

    @DisplayName("row 9: a token belongs to one model only")
    @Test
    void belongsToOneModelOnly() throws Exception {
        Workload one = model("one");
        Workload two = model("two");
        assertRefuses(
                "workload_ids",
                "TOO_MANY_WORKLOADS",
                () -> console.create(request("both").addWorkloadIds(one.getId()).addWorkloadIds(two.getId())));
        CreateTokenResponse created = console.create(request("one"));
        assertRefuses("workload_ids", "TOO_MANY_WORKLOADS", () -> assign(created, one, two));
    }

    @DisplayName("row 6: every token expires after 30 days, with nothing to choose")
    @Test
    void alwaysExpiresAfterThirtyDays() throws Exception {
        Token token = console.create(request("fixed")).getToken();
        assertThat(instant(token.getExpireTime()))
                .isEqualTo(instant(token.getCreateTime()).plus(java.time.Duration.ofDays(30)));
        assertRefuses(
                "lifetime",
                "EXPIRY_FIXED",
                () -> console.create(request("longer").setLifetime(days(60))));
        assertRefuses(
                "never_expires",
                "EXPIRY_FIXED",
                () -> console.create(request("for ever").setNeverExpires(true)));
    }

    @DisplayName("row 16: a wrong token is deleted in the same flow and created again")
    @Test
    void isDeletedAndCreatedAgain() {
        CreateTokenResponse wrong = console.create(request("typo"));
        console.delete(wrong.getToken().getId());
        CreateTokenResponse right = console.create(request("typo"));
        assertThat(tokens()).containsExactly(right.getToken());
        assertThat(console.verdict(use(wrong))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @DisplayName("row 21: tokens are listed for each model and centrally")
    @Test
    void isListedForItsModelAndCentrally() {
        Workload model = model("llama-3");
        Token assigned = console.create(request("assigned").addWorkloadIds(model.getId()))
                .getToken();
        Token unassigned = console.create(request("unassigned")).getToken();

        assertThat(console.list(ListTokensRequest.newBuilder().setWorkloadId(model.getId())))
                .containsExactly(assigned);
        ListTokensRequest.Builder central = ListTokensRequest.newBuilder().setTenantId(tenant.getId());
        assertThat(console.list(central)).containsExactly(unassigned, assigned);
        assertThat(console.list(central.setUnassigned(true))).containsExactly(unassigned);
    }

    @DisplayName("rows 25, 25b and 29: a token is updated, cancelled, reactivated and deleted")
    @Test
    void isUpdatedCancelledReactivatedAndDeleted() {
        Workload model = model("llama-3");
        CreateTokenResponse created = console.create(request("life").addWorkloadIds(model.getId()));

        Token updated = update(UpdateTokenRequest.newBuilder()
                .setTokenId(created.getToken().getId())
                .setDescription("for the demo")
                .setEtag(created.getToken().getEtag()));
        assertThat(updated.getDescription()).isEqualTo("for the demo");
        assertThat(updated.getWorkloadIdsList()).containsExactly(model.getId());
        assertThat(updated.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);
        assertThat(updated.hasExpireTime()).isTrue();
        assertThat(updated.getEtag()).isNotEqualTo(created.getToken().getEtag());

        console.cancel(updated.getId(), "demo over");
        assertThat(console.get(updated.getId()).getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_CANCELLED);
        assertThat(console.get(updated.getId()).getCancellation().getReason()).isEqualTo("demo over");
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_CANCELLED);

        console.reactivate(updated.getId());
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_ALLOWED);

        console.delete(updated.getId());
        assertThat(console.verdict(useFor(created, model))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @DisplayName("rows 6 and 27: an expired token is refused and works again after renewal")
    @Test
    void worksAgainAfterRenewal() {
        Workload model = model("llama-3");
        TokenPolicy policy = tenant.getTokenPolicy();
        console.setPolicy(
                tenant.getId(),
                withLifetime(policy, Duration.newBuilder().setNanos(200_000_000).build()));
        CreateTokenResponse created = console.create(request("short").addWorkloadIds(model.getId()));
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

    /** The name is an arbitrary label (row 3). */
    @Override
    CreateTokenRequest.Builder request(String name) {
        return newToken(user, name);
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
