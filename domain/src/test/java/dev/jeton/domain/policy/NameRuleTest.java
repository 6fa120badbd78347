package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.text.TokenName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    private static final String EMOJI = "\uD83D\uDE80";
    private static final List<String> TOO_LONG = List.of("name NAME_TOO_LONG");
    private static final List<String> NOT_ALLOWED = List.of("name NAME_CHARACTER_NOT_ALLOWED");

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 257, Integer.MAX_VALUE})
    void rejectsALimitOutsideTheRangeOfNames(int maxLength) {
        assertThat(Refusal.of(() -> ofLength(maxLength))).containsExactly("max_length OUT_OF_RANGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 256})
    void limitsTheLengthInCodePoints(int maxLength) {
        assertThat(violations(ofLength(maxLength), EMOJI.repeat(maxLength))).isEmpty();
        if (maxLength < TokenName.MAX_LENGTH) {
            assertThat(violations(ofLength(maxLength), EMOJI.repeat(maxLength + 1)))
                    .isEqualTo(TOO_LONG);
        }
    }

    @Test
    void limitsTheLengthTo100ByDefault() {
        assertThat(violations(ofLength(0), "a".repeat(100))).isEmpty();
        assertThat(violations(ofLength(0), "a".repeat(101))).isEqualTo(TOO_LONG);
        assertThat(NameRule.DEFAULT).isEqualTo(ofLength(0));
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(CharacterClass.LOWERCASE, "abcdefghijklmnopqrstuvwxyz"),
                Arguments.of(CharacterClass.UPPERCASE, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                Arguments.of(CharacterClass.DIGIT, "0123456789"),
                Arguments.of(CharacterClass.UNDERSCORE, "_"),
                Arguments.of(CharacterClass.HYPHEN, "-"),
                Arguments.of(CharacterClass.SPACE, " "),
                Arguments.of(CharacterClass.DOT, "."));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void eachClassContainsExactlyItsCharacters(CharacterClass characters, String members) {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(characters::contains))
                .containsExactlyElementsOf(members.chars().boxed().toList());
        assertThat(characters.label()).isNotBlank();
    }

    @Test
    void coversEveryClass() {
        assertThat(classes().map(row -> row.get()[0])).containsExactly((Object[]) CharacterClass.values());
    }

    static Stream<Arguments> namesOfTheSystems() {
        NameRule fpt = ProductPolicies.fptAiStudio().nameRule();
        NameRule ace = ProductPolicies.aceCloud().nameRule();
        NameRule free = ProductPolicies.cloudeka().nameRule();
        return Stream.of(
                Arguments.of(fpt, "QA_test-Token 1.5", List.of()),
                Arguments.of(fpt, "a".repeat(50), List.of()),
                Arguments.of(fpt, "a".repeat(51), TOO_LONG),
                Arguments.of(fpt, "b\u00e9ta", NOT_ALLOWED),
                Arguments.of(fpt, "a@b", NOT_ALLOWED),
                Arguments.of(fpt, "a/b", NOT_ALLOWED),
                Arguments.of(fpt, "a\u3000b", NOT_ALLOWED),
                Arguments.of(fpt, "\u0663", NOT_ALLOWED),
                Arguments.of(fpt, "\uff21", NOT_ALLOWED),
                Arguments.of(fpt, "ok" + EMOJI, NOT_ALLOWED),
                Arguments.of(fpt, "!".repeat(51), List.of("name NAME_TOO_LONG", "name NAME_CHARACTER_NOT_ALLOWED")),
                Arguments.of(ace, "qa-test-token-1", List.of()),
                Arguments.of(ace, "-", List.of()),
                Arguments.of(ace, "QA-Test-Token", NOT_ALLOWED),
                Arguments.of(ace, "qa_test", NOT_ALLOWED),
                Arguments.of(ace, "qa test", NOT_ALLOWED),
                Arguments.of(ace, "qa.test", NOT_ALLOWED),
                Arguments.of(ace, "a".repeat(101), TOO_LONG),
                Arguments.of(ProductPolicies.duploCloud().nameRule(), "QA-Test-Token", List.of()),
                Arguments.of(ProductPolicies.latticaAi().nameRule(), "M\u00fcllers Token #1", List.of()),
                Arguments.of(free, EMOJI.repeat(100), List.of()),
                Arguments.of(free, EMOJI.repeat(101), TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("namesOfTheSystems")
    void expressesTheRuleOfEachProduct(NameRule rule, String name, List<String> expected) {
        assertThat(violations(rule, name)).isEqualTo(expected);
    }

    @Test
    void reportsTheRuleAndTheCharacter() {
        Violations violations = new Violations();
        ProductPolicies.aceCloud().nameRule().check(new TokenName("qa_Test"), violations);
        assertThat(catchThrowable(violations::throwIfAny))
                .hasMessage("name must contain only a-z, 0-9, hyphen under the tenant's policy; remove _ (U+005F)");
    }

    @Test
    void equalsARuleWithClassesInAnotherOrder() {
        Set<CharacterClass> source = EnumSet.of(CharacterClass.DIGIT, CharacterClass.LOWERCASE);
        NameRule rule = new NameRule(0, source, NameUniqueness.NOT_REQUIRED);
        source.clear();
        assertThat(rule)
                .isEqualTo(new NameRule(
                        0, Set.of(CharacterClass.LOWERCASE, CharacterClass.DIGIT), NameUniqueness.NOT_REQUIRED));
        assertThat(rule.allowedCharacters()).containsExactly(CharacterClass.LOWERCASE, CharacterClass.DIGIT);
    }

    private static NameRule ofLength(int maxLength) {
        return new NameRule(maxLength, Set.of(), NameUniqueness.NOT_REQUIRED);
    }

    private static List<String> violations(NameRule rule, String name) {
        Violations violations = new Violations();
        rule.check(new TokenName(name), violations);
        return Refusal.in(violations);
    }
}
