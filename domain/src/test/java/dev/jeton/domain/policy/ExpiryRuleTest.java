package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rules are consistent; {@link ExpiryRuleChoicesTest} applies them. */
class ExpiryRuleTest {

    static Stream<Arguments> rules() {
        String badDefault = "default_lifetime POLICY_CONTRADICTION";
        return Stream.of(
                rule(null, days(), null, false),
                rule(30, days(), 30, true),
                rule(30, days(30, 60), 60, false),
                rule(30, days(30), null, true),
                rule(null, days(30, 60, 90), 90, false),
                rule(30, days(60, 90), null, false, badDefault),
                rule(31, days(), 30, false, badDefault),
                rule(null, days(), null, true, badDefault),
                rule(null, days(30), null, true, badDefault),
                rule(90, days(30), 60, false, badDefault, badDefault),
                rule(
                        null,
                        days(30, 60, 90, 31),
                        59,
                        false,
                        "allowed_lifetimes[1] POLICY_CONTRADICTION",
                        "allowed_lifetimes[2] POLICY_CONTRADICTION"),
                rule(61, days(61), 60, false, badDefault, "allowed_lifetimes[0] POLICY_CONTRADICTION"),
                rule(null, upTo(32), null, false),
                rule(null, upTo(33), null, false, "allowed_lifetimes TOO_MANY"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rejectsContradictions(
            @Nullable Lifetime byDefault,
            List<Lifetime> allowed,
            @Nullable Lifetime max,
            boolean fixed,
            List<String> expected) {
        for (boolean forbidNever : new boolean[] {false, true}) {
            assertThat(Refusal.of(() -> new ExpiryRule(byDefault, allowed, max, forbidNever, fixed)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void removesDuplicateLifetimesAndKeepsTheOrder() {
        assertThat(new ExpiryRule(null, days(60, 30, 60), null, false, false).allowedLifetimes())
                .isEqualTo(days(60, 30));
    }

    @Test
    void reportsTheIndexThatTheCallerSent() {
        assertThat(Refusal.of(() -> new ExpiryRule(null, days(30, 30, 90), Lifetime.ofDays(60), false, false)))
                .containsExactly("allowed_lifetimes[2] POLICY_CONTRADICTION");
    }

    private static Arguments rule(
            @Nullable Integer byDefault,
            List<Lifetime> allowed,
            @Nullable Integer max,
            boolean fixed,
            String... expected) {
        return Arguments.of(lifetime(byDefault), allowed, lifetime(max), fixed, List.of(expected));
    }

    private static @Nullable Lifetime lifetime(@Nullable Integer days) {
        return days == null ? null : Lifetime.ofDays(days);
    }

    private static List<Lifetime> days(Integer... days) {
        return Arrays.stream(days).map(Lifetime::ofDays).toList();
    }

    private static List<Lifetime> upTo(int days) {
        return IntStream.rangeClosed(1, days).mapToObj(Lifetime::ofDays).toList();
    }
}
