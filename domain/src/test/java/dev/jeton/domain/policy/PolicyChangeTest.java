package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyChangeTest {
    private static final Scopes A = Scopes.of(new Scope("a"));
    private static final Scopes B = Scopes.of(new Scope("b"));
    private static final NameRule NAMES = new NameRule(7, Set.of(), NameUniqueness.PER_USER);
    private static final ExpiryRule EXPIRY = new ExpiryRule(null, List.of(), null, true, false);
    private static final WorkloadRule WORKLOADS = new WorkloadRule(2, false, false);
    private static final TokenPolicy FULL = new TokenPolicy(NAMES, EXPIRY, WORKLOADS, A, A, 3);

    static Stream<TokenPolicy> policies() {
        return Stream.of(
                FULL,
                ProductPolicies.fptAiStudio(),
                ProductPolicies.latticaAi(),
                ProductPolicies.aceCloud(),
                ProductPolicies.cloudeka());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void keepsEveryAbsentPart(TokenPolicy policy) {
        assertThat(policy.with(PolicyChange.NONE)).isEqualTo(policy);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void replacesEveryPresentPart(TokenPolicy policy) {
        assertThat(TokenPolicy.DEFAULT.with(PolicyChange.to(policy))).isEqualTo(policy);
        assertThat(policy.with(PolicyChange.to(TokenPolicy.DEFAULT))).isEqualTo(TokenPolicy.DEFAULT);
    }

    @Test
    void replacesOnePartAlone() {
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(NAMES, null, null, null, null, null)))
                .isEqualTo(Policies.with(NAMES));
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(null, EXPIRY, null, null, null, null)))
                .isEqualTo(Policies.with(EXPIRY));
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(null, null, WORKLOADS, null, null, null)))
                .isEqualTo(Policies.with(WORKLOADS));
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(null, null, null, A, null, null)))
                .isEqualTo(Policies.withScopes(A, Scopes.NONE));
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(null, null, null, null, A, null)))
                .isEqualTo(Policies.withScopes(Scopes.NONE, A));
        assertThat(TokenPolicy.DEFAULT.with(new PolicyChange(null, null, null, null, null, 3)))
                .isEqualTo(Policies.withQuota(3));
        assertThat(FULL.with(new PolicyChange(null, null, null, null, null, 0)))
                .isEqualTo(new TokenPolicy(NAMES, EXPIRY, WORKLOADS, A, A, 0));
    }

    @Test
    void mayNotContradictTheKeptParts() {
        assertThat(Refusal.of(() -> FULL.with(new PolicyChange(null, null, null, B, null, null))))
                .containsExactly("default_scopes POLICY_CONTRADICTION");
        assertThat(FULL.with(new PolicyChange(null, null, null, B, B, null)).allowedScopes())
                .isEqualTo(B);
    }
}
