package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.fixture.ProductPolicies;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadRuleTest {

    @ParameterizedTest
    @CsvSource({
        "0, false, ''",
        "1, true, ''",
        "100, true, ''",
        "-1, false, max_workloads OUT_OF_RANGE",
        "101, false, max_workloads OUT_OF_RANGE",
        "101, true, max_workloads OUT_OF_RANGE",
        "0, true, required_at_creation POLICY_CONTRADICTION"
    })
    void rejectsContradictions(int maxWorkloads, boolean requiredAtCreation, String expected) {
        assertThat(String.join(",", Refusal.of(() -> new WorkloadRule(maxWorkloads, true, requiredAtCreation))))
                .isEqualTo(expected);
    }

    static Stream<Arguments> counts() {
        List<String> none = List.of();
        List<String> required = List.of("workload_ids WORKLOAD_REQUIRED");
        List<String> tooMany = List.of("workload_ids TOO_MANY_WORKLOADS");
        WorkloadRule unbound = WorkloadRule.DEFAULT;
        WorkloadRule lattica = ProductPolicies.latticaAi().workloadRule();
        WorkloadRule ace = ProductPolicies.aceCloud().workloadRule();
        return Stream.of(
                Arguments.of(unbound, 0, none, none),
                Arguments.of(unbound, 1, tooMany, tooMany),
                Arguments.of(lattica, 0, none, none),
                Arguments.of(lattica, 1, none, none),
                Arguments.of(lattica, 2, tooMany, tooMany),
                // A workload required only at creation may be removed later.
                Arguments.of(ace, 0, required, none),
                Arguments.of(ace, 1, none, none),
                Arguments.of(ace, 100, none, none),
                Arguments.of(ace, 101, tooMany, tooMany));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void limitsTheNumberOfWorkloads(WorkloadRule rule, int count, List<String> atCreation, List<String> atAssignment) {
        Violations creation = new Violations();
        rule.checkCreation(count, creation);
        assertThat(Refusal.in(creation)).isEqualTo(atCreation);
        Violations assignment = new Violations();
        rule.checkAssignment(count, assignment);
        assertThat(Refusal.in(assignment)).isEqualTo(atAssignment);
    }

    @Test
    void bindsTokensUnlessTheMaximumIsZero() {
        assertThat(WorkloadRule.DEFAULT).isEqualTo(new WorkloadRule(0, false, false));
        assertThat(WorkloadRule.DEFAULT.bindsTokens()).isFalse();
        assertThat(new WorkloadRule(1, false, false).bindsTokens()).isTrue();
    }
}
