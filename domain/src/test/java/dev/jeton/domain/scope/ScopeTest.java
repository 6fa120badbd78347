package dev.jeton.domain.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.Refusal;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "model-hub", "read:models/7?x=[1]", "!", "#", "[", "]", "~", "jeton", "Jeton:manage"})
    void acceptsWordsOfVisibleAscii(String value) {
        Scope scope = new Scope(value);
        assertThat(scope.value()).isEqualTo(value);
        assertThat(scope.isReserved()).isFalse();
    }

    static Stream<String> badWords() {
        return Stream.of(
                        "", " ", "two words", " a", "a ", "a\tb", "a\n", "a\u0000", "a\u007f", "a\"b", "a\\b", "\u00e9")
                .flatMap(word -> Stream.of(word, "jeton:" + word).limit(word.isEmpty() ? 1 : 2));
    }

    @ParameterizedTest
    @MethodSource("badWords")
    void rejectsEverythingElse(String value) {
        assertThat(Refusal.of(() -> new Scope(value))).containsExactly("INVALID_SCOPE");
    }

    @Test
    void matchesTheGrammarForEveryCharacter() {
        IntStream.rangeClosed(0, 0xffff).forEach(character -> {
            // RFC 6749: %x21 / %x23-5B / %x5D-7E
            boolean allowed = character == 0x21
                    || character >= 0x23 && character <= 0x5b
                    || character >= 0x5d && character <= 0x7e;
            assertThat(Refusal.of(() -> new Scope("a" + (char) character)).isEmpty())
                    .as("U+%04X", character)
                    .isEqualTo(allowed);
        });
    }

    @Test
    void hasAtMost128Characters() {
        assertThat(new Scope("a".repeat(128)).value()).hasSize(128);
        assertThat(Refusal.of(() -> new Scope("a".repeat(129)))).containsExactly("INVALID_SCOPE");
        assertThat(Refusal.of(() -> new Scope("a".repeat(10_000)))).containsExactly("INVALID_SCOPE");
    }

    @Test
    void recognizesReservedScopes() {
        assertThat(Stream.of("jeton:manage", "jeton:verify", "jeton:act-as").map(Scope::new))
                .containsExactly(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS)
                .allMatch(Scope::isReserved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jeton:", "jeton:x", "jeton:MANAGE", "jeton:manage2", "jeton:act_as", "jeton::manage"})
    void rejectsUnknownReservedScopes(String value) {
        assertThat(Refusal.of(() -> new Scope(value))).containsExactly("UNKNOWN_RESERVED_SCOPE");
    }

    @Test
    void isCaseSensitive() {
        assertThat(new Scope("Model-Hub")).isNotEqualTo(new Scope("model-hub"));
        assertThat(Scopes.of(new Scope("model-hub")).contains(new Scope("Model-Hub")))
                .isFalse();
    }

    @Test
    void sortsAndRemovesDuplicates() {
        Scope a = new Scope("a");
        Scope b = new Scope("b");
        assertThat(Scopes.of(b, a, b).values()).containsExactly(a, b);
        assertThat(Scopes.of(b, a)).isEqualTo(Scopes.of(a, b)).hasSameHashCodeAs(Scopes.of(a, b));
    }

    @Test
    void containsAllItsSubsets() {
        Scopes both = Scopes.of(new Scope("a"), new Scope("b"));
        Scopes one = Scopes.of(new Scope("a"));
        assertThat(both.containsAll(one)).isTrue();
        assertThat(both.containsAll(both)).isTrue();
        assertThat(one.containsAll(both)).isFalse();
        assertThat(Scopes.NONE.containsAll(one)).isFalse();
        assertThat(Scopes.NONE.containsAll(Scopes.NONE)).isTrue();
        assertThat(Scopes.NONE.isEmpty()).isTrue();
        assertThat(one.isEmpty()).isFalse();
    }

    @Test
    void cannotBeChangedFromOutside() {
        SortedSet<Scope> source = new TreeSet<>(Scopes.of(new Scope("a")).values());
        Scopes scopes = new Scopes(source);
        source.add(Scope.MANAGE);
        assertThat(scopes.contains(Scope.MANAGE)).isFalse();
        assertThatThrownBy(() -> scopes.values().add(Scope.MANAGE)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ignoresTheOrderOfTheSource() {
        SortedSet<Scope> reversed = new TreeSet<>(Comparator.<Scope>reverseOrder());
        reversed.addAll(Scopes.of(new Scope("a"), new Scope("b")).values());
        assertThat(new Scopes(reversed).values()).containsExactly(new Scope("a"), new Scope("b"));
    }
}
