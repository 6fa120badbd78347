package dev.jeton.grpc.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.TenantName;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.UpdateTenantRequest;
import io.grpc.Status;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenPoliciesTest {
    private final ApiUnderTest api = new ApiUnderTest();
    private final TenantServiceGrpc.TenantServiceBlockingStub tenants =
            TenantServiceGrpc.newBlockingStub(api.asCaller());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void readsAndEchoesEveryPartOfPolicy() {
        dev.jeton.v1.TokenPolicy sent = dev.jeton.v1.TokenPolicy.newBuilder()
                .setNameRule(dev.jeton.v1.NameRule.newBuilder()
                        .setMaxLength(50)
                        .addAllowedCharacters(dev.jeton.v1.CharacterClass.CHARACTER_CLASS_LOWERCASE)
                        .addAllowedCharacters(dev.jeton.v1.CharacterClass.CHARACTER_CLASS_DOT)
                        .setUniqueness(dev.jeton.v1.NameUniqueness.NAME_UNIQUENESS_PER_USER))
                .setExpiryRule(dev.jeton.v1.ExpiryRule.newBuilder()
                        .setDefaultLifetime(days(30))
                        .addAllowedLifetimes(days(30))
                        .addAllowedLifetimes(days(60))
                        .setMaxLifetime(days(90))
                        .setForbidNever(true))
                .setWorkloadRule(dev.jeton.v1.WorkloadRule.newBuilder()
                        .setMaxWorkloads(3)
                        .setRequiredForUse(true)
                        .setRequiredAtCreation(true))
                .setAllowedScopes(list("a", "b"))
                .setDefaultScopes(list("b"))
                .setMaxTokensPerUser(7)
                .build();
        TokenPolicy meant = new TokenPolicy(
                new NameRule(50, Set.of(CharacterClass.LOWERCASE, CharacterClass.DOT), NameUniqueness.PER_USER),
                new ExpiryRule(
                        Lifetime.ofDays(30),
                        List.of(Lifetime.ofDays(30), Lifetime.ofDays(60)),
                        Lifetime.ofDays(90),
                        true,
                        false),
                new WorkloadRule(3, true, true),
                Scopes.of(new Scope("a"), new Scope("b")),
                Scopes.of(new Scope("b")),
                7);
        api.tenants.answerWith(Tenants.withPolicy(meant));

        dev.jeton.v1.Tenant reply = tenants.createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme AI")
                        .setTokenPolicy(sent)
                        .build())
                .getTenant();

        assertThat(api.tenants.asked()).contains(new CreateTenant(new TenantName("Acme AI"), meant, null));
        assertThat(reply.getTokenPolicy()).isEqualTo(sent);
    }

    @Test
    void reportsAllViolationsOfNestedPolicyAtOnce() {
        Refusal refusal = Refusal.of(() -> tenants.createTenant(CreateTenantRequest.newBuilder()
                .setDisplayName(" ")
                .setTokenPolicy(dev.jeton.v1.TokenPolicy.newBuilder()
                        .setNameRule(dev.jeton.v1.NameRule.newBuilder()
                                .setMaxLength(-1)
                                .addAllowedCharactersValue(1)
                                .addAllowedCharactersValue(0)
                                .addAllowedCharactersValue(999)
                                .setUniquenessValue(999))
                        .setExpiryRule(dev.jeton.v1.ExpiryRule.newBuilder()
                                .setDefaultLifetime(Duration.newBuilder().setSeconds(-1))
                                .addAllowedLifetimes(days(1))
                                .addAllowedLifetimes(
                                        Duration.newBuilder().setSeconds(1).setNanos(-1))
                                .setMaxLifetime(days(40_000)))
                        .setWorkloadRule(dev.jeton.v1.WorkloadRule.newBuilder().setMaxWorkloads(101))
                        .setAllowedScopes(list("a", "with space"))
                        .setDefaultScopes(list("jeton:root"))
                        .setMaxTokensPerUser(-1))
                .build()));

        assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.violations())
                .containsExactlyInAnyOrder(
                        "display_name SURROUNDING_WHITE_SPACE",
                        "token_policy.name_rule.max_length OUT_OF_RANGE",
                        "token_policy.name_rule.allowed_characters[1] INVALID_ENUM_VALUE",
                        "token_policy.name_rule.allowed_characters[2] INVALID_ENUM_VALUE",
                        "token_policy.name_rule.uniqueness INVALID_ENUM_VALUE",
                        "token_policy.expiry_rule.default_lifetime OUT_OF_RANGE",
                        "token_policy.expiry_rule.allowed_lifetimes[1] INVALID_DURATION",
                        "token_policy.expiry_rule.max_lifetime OUT_OF_RANGE",
                        "token_policy.workload_rule.max_workloads OUT_OF_RANGE",
                        "token_policy.allowed_scopes.values[1] INVALID_SCOPE",
                        "token_policy.default_scopes.values[0] UNKNOWN_RESERVED_SCOPE",
                        "token_policy.max_tokens_per_user OUT_OF_RANGE");
        assertThat(refusal.message())
                .contains("token_policy.name_rule.allowed_characters[2] must be one of CHARACTER_CLASS_LOWERCASE");
        assertThat(api.tenants.timesAsked()).isZero();
    }

    @Test
    void reportsPolicyContradictions() {
        Refusal refusal = Refusal.of(() -> tenants.createTenant(CreateTenantRequest.newBuilder()
                .setDisplayName("Acme AI")
                .setTokenPolicy(dev.jeton.v1.TokenPolicy.newBuilder()
                        .setExpiryRule(dev.jeton.v1.ExpiryRule.newBuilder()
                                .setDefaultLifetime(days(30))
                                .setMaxLifetime(days(10)))
                        .setWorkloadRule(dev.jeton.v1.WorkloadRule.newBuilder().setRequiredAtCreation(true))
                        .setAllowedScopes(list("a"))
                        .setDefaultScopes(list("b")))
                .build()));

        assertThat(refusal.violations())
                .containsExactly(
                        "token_policy.expiry_rule.default_lifetime POLICY_CONTRADICTION",
                        "token_policy.workload_rule.required_at_creation POLICY_CONTRADICTION",
                        "token_policy.default_scopes POLICY_CONTRADICTION");
    }

    @Test
    void updatesOnlyThePartsOfThePolicyThatArePresent() {
        assertThat(change(dev.jeton.v1.TokenPolicy.newBuilder())).isEqualTo(PolicyChange.NONE);
        assertThat(change(dev.jeton.v1.TokenPolicy.newBuilder()
                        .setExpiryRule(dev.jeton.v1.ExpiryRule.newBuilder().setForbidNever(true))))
                .isEqualTo(new PolicyChange(
                        null, new ExpiryRule(null, List.of(), null, true, false), null, null, null, null));
        assertThat(change(dev.jeton.v1.TokenPolicy.newBuilder().setMaxTokensPerUser(7)))
                .isEqualTo(new PolicyChange(null, null, null, null, null, 7));
    }

    @Test
    void clearsThePartsOfThePolicyThatArePresentAndEmpty() {
        assertThat(change(dev.jeton.v1.TokenPolicy.newBuilder()
                        .setNameRule(dev.jeton.v1.NameRule.getDefaultInstance())
                        .setExpiryRule(dev.jeton.v1.ExpiryRule.getDefaultInstance())
                        .setWorkloadRule(dev.jeton.v1.WorkloadRule.getDefaultInstance())
                        .setAllowedScopes(list())
                        .setDefaultScopes(list())
                        .setMaxTokensPerUser(0)))
                .isEqualTo(PolicyChange.to(TokenPolicy.DEFAULT));
    }

    @Test
    void reportsAllViolationsOfAPolicyUpdateAtOnce() {
        Refusal refusal = Refusal.of(() -> tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(Tenants.anId().toString())
                .setDisplayName("")
                .setTokenPolicy(dev.jeton.v1.TokenPolicy.newBuilder()
                        .setWorkloadRule(dev.jeton.v1.WorkloadRule.newBuilder().setMaxWorkloads(-1))
                        .setAllowedScopes(list("a"))
                        .setDefaultScopes(list("b"))
                        .setMaxTokensPerUser(-1))
                .build()));

        assertThat(refusal.violations())
                .containsExactly(
                        "display_name REQUIRED",
                        "token_policy.workload_rule.max_workloads OUT_OF_RANGE",
                        "token_policy.default_scopes POLICY_CONTRADICTION",
                        "token_policy.max_tokens_per_user OUT_OF_RANGE");
    }

    private PolicyChange change(dev.jeton.v1.TokenPolicy.Builder policy) {
        api.tenants.forget();
        api.tenants.answerWith(Tenants.acme());
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(Tenants.anId().toString())
                .setTokenPolicy(policy)
                .build());
        return ((UpdateTenant) api.tenants.asked().get(2)).policy();
    }

    private static StringList list(String... values) {
        return StringList.newBuilder().addAllValues(List.of(values)).build();
    }

    private static Duration days(long days) {
        return Duration.newBuilder().setSeconds(days * 86_400).build();
    }
}
