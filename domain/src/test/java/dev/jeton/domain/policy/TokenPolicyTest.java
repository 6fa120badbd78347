package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenPolicyTest {
    private static final Scopes ANY = Scopes.NONE;

    static Stream<Arguments> scopeLists() {
        String contradiction = "default_scopes POLICY_CONTRADICTION";
        return Stream.of(
                Arguments.of(ANY, Scopes.NONE, List.of()),
                Arguments.of(ANY, scopes("a"), List.of()),
                Arguments.of(scopes("a", "b"), scopes("a", "b"), List.of()),
                Arguments.of(scopes("a"), Scopes.NONE, List.of()),
                Arguments.of(scopes("a"), scopes("b"), List.of(contradiction)),
                Arguments.of(scopes("a"), scopes("a", "b"), List.of(contradiction)),
                Arguments.of(scopes("a"), scopes("A"), List.of(contradiction)),
                Arguments.of(scopes("jeton:verify"), Scopes.NONE, List.of("allowed_scopes POLICY_CONTRADICTION")),
                Arguments.of(ANY, scopes("jeton:manage"), List.of(contradiction)),
                Arguments.of(
                        scopes("jeton:act-as"),
                        scopes("jeton:act-as"),
                        List.of("allowed_scopes POLICY_CONTRADICTION", contradiction)),
                Arguments.of(many(100), many(64), List.of()),
                Arguments.of(many(100), many(65), List.of("default_scopes TOO_MANY")),
                Arguments.of(many(101), many(101), List.of("allowed_scopes TOO_MANY", "default_scopes TOO_MANY")));
    }

    @ParameterizedTest
    @MethodSource("scopeLists")
    void rejectsContradictoryScopes(Scopes allowed, Scopes byDefault, List<String> expected) {
        assertThat(Refusal.of(() -> Policies.withScopes(allowed, byDefault))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, ''", "2147483647, ''", "-1, max_tokens_per_user OUT_OF_RANGE"})
    void rejectsANegativeQuota(int maxTokensPerUser, String expected) {
        assertThat(String.join(",", Refusal.of(() -> Policies.withQuota(maxTokensPerUser))))
                .isEqualTo(expected);
    }

    @Test
    void reportsAllViolationsAtOnce() {
        assertThat(Refusal.of(() -> new TokenPolicy(
                        NameRule.DEFAULT, ExpiryRule.DEFAULT, WorkloadRule.DEFAULT, scopes("a"), scopes("b"), -1)))
                .containsExactly("default_scopes POLICY_CONTRADICTION", "max_tokens_per_user OUT_OF_RANGE");
    }

    static Stream<Arguments> grants() {
        TokenPolicy fpt = ProductPolicies.fptAiStudio();
        return Stream.of(
                Arguments.of(fpt, scopes("model-hub"), 0),
                Arguments.of(fpt, scopes("model-hub", "model-fine-tuning"), 0),
                Arguments.of(fpt, scopes("model-training"), 1),
                Arguments.of(fpt, scopes("Model-Hub", "model-hub", "x"), 2),
                // Roles, not policies, decide about reserved scopes.
                Arguments.of(fpt, scopes("jeton:verify"), 0),
                Arguments.of(fpt, Scopes.NONE, 0),
                Arguments.of(ProductPolicies.cloudeka(), scopes("anything:at/all"), 0));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void allowsListedScopesOnly(TokenPolicy policy, Scopes scopes, int refused) {
        Violations violations = new Violations();
        policy.checkScopes(scopes, violations);
        assertThat(Refusal.in(violations)).hasSize(refused).allMatch("scopes SCOPE_NOT_ALLOWED"::equals);
    }

    @Test
    void defaultIsTheEmptyPolicy() {
        assertThat(TokenPolicy.DEFAULT)
                .isEqualTo(new TokenPolicy(
                        new NameRule(0, Set.of(), NameUniqueness.NOT_REQUIRED),
                        new ExpiryRule(null, List.of(), null, false, false),
                        new WorkloadRule(0, false, false),
                        Scopes.NONE,
                        Scopes.NONE,
                        0));
    }

    private static Scopes scopes(String... values) {
        return Scopes.of(Arrays.stream(values).map(Scope::new).toList());
    }

    private static Scopes many(int count) {
        return Scopes.of(
                IntStream.range(0, count).mapToObj(i -> new Scope("s" + i)).toList());
    }
}
