package dev.jeton.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The common rules of the single-line text types, and their differences. */
class LineTextsTest {
    private static final String EMOJI = "\uD83D\uDE80";
    private static final String DECOMPOSED = "e\u0301";

    private static final Map<String, UnaryOperator<String>> TYPES = Map.of(
            "TenantName", text -> new TenantName(text).value(),
            "PersonName", text -> new PersonName(text).value(),
            "WorkloadName", text -> new WorkloadName(text).value(),
            "TokenName", text -> new TokenName(text).value());

    private static Stream<Arguments> withEachType(Stream<String> texts) {
        return texts.flatMap(text -> TYPES.keySet().stream().sorted().map(type -> Arguments.of(type, text)));
    }

    static Stream<Arguments> printable() {
        return withEachType(Stream.of(
                "a",
                "QA-Test-Token",
                "two words",
                "two  spaces",
                "\u5c71\u7530\u3000\u592a\u90ce",
                "Zo\u00eb \u6771\u4eac \u0639\u0631\u0628\u064a",
                EMOJI,
                "<script>'; drop table token; --"));
    }

    @ParameterizedTest
    @MethodSource("printable")
    void acceptPrintableText(String type, String text) {
        assertThat(TYPES.get(type).apply(text)).isEqualTo(text);
    }

    static Stream<Arguments> unprintable() {
        return withEachType(Stream.of(
                        "\u0000",
                        "\u0001",
                        "\t",
                        "\n",
                        "\r",
                        "\u001b",
                        "\u007f",
                        "\u0085",
                        "\u00ad",
                        "\u200b",
                        "\u200e",
                        "\u2028",
                        "\u2029",
                        "\u202e",
                        "\u2066",
                        "\ufeff",
                        "\ue000",
                        "\uffff",
                        "\uD83D",
                        "\uDE80",
                        "\uDE80\uD83D")
                .flatMap(bad -> Stream.of(bad, "a" + bad + "b", bad + "a", "a" + bad)));
    }

    @ParameterizedTest
    @MethodSource("unprintable")
    void rejectUnprintableCharacters(String type, String text) {
        assertThat(refusal(type, text)).isEqualTo("INVALID_CHARACTER");
    }

    /** Every code point with Unicode's property Default_Ignorable_Code_Point. */
    private static IntStream ignorable() {
        return Stream.of(
                        IntStream.of(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
                        IntStream.rangeClosed(0x180B, 0x180F),
                        IntStream.rangeClosed(0x200B, 0x200F),
                        IntStream.rangeClosed(0x202A, 0x202E),
                        IntStream.rangeClosed(0x2060, 0x206F),
                        IntStream.rangeClosed(0xFE00, 0xFE0F),
                        IntStream.rangeClosed(0xFFF0, 0xFFF8),
                        IntStream.rangeClosed(0x1BCA0, 0x1BCA3),
                        IntStream.rangeClosed(0x1D173, 0x1D17A),
                        IntStream.rangeClosed(0xE0000, 0xE0FFF))
                .flatMapToInt(Function.identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TenantName", "PersonName", "WorkloadName", "TokenName"})
    void rejectCharactersThatShowNothing(String type) {
        IntStream blank = IntStream.of(0x2800, 0x1D159);
        IntStream unassigned = IntStream.of(0x378, 0x2FE0, 0xE1000);
        IntStream.concat(ignorable(), IntStream.concat(blank, unassigned))
                .mapToObj(Character::toString)
                .flatMap(bad -> Stream.of(bad, "a" + bad + "b", EMOJI + bad))
                .forEach(text -> assertThat(refusal(type, text))
                        .as(() ->
                                text.codePoints().mapToObj(Integer::toHexString).toList() + "")
                        .isEqualTo("INVALID_CHARACTER"));
    }

    static Stream<Arguments> withLookAlikeSpaces() {
        return withEachType(Stream.of("a\u00a0b", "a\u2003b", "a\u2009b", "a\u202fb", "a\u205fb", "a\u1680b"));
    }

    /** Two names that differ only in such a space look alike. */
    @ParameterizedTest
    @MethodSource("withLookAlikeSpaces")
    void rejectSpacesThatLookLikeAnother(String type, String text) {
        assertThat(refusal(type, text)).isEqualTo("INVALID_CHARACTER");
    }

    static Stream<Arguments> withSpaceAtAnEnd() {
        return withEachType(Stream.of(" ", "\u00a0", "\u2003", "\u202f", "\u3000")
                .flatMap(space -> Stream.of(space, space + "a", "a" + space, space + EMOJI + space)));
    }

    @ParameterizedTest
    @MethodSource("withSpaceAtAnEnd")
    void rejectWhiteSpaceAtEitherEnd(String type, String text) {
        assertThat(refusal(type, text)).isEqualTo("SURROUNDING_WHITE_SPACE");
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("TenantName", 1, 200),
                Arguments.of("PersonName", 0, 200),
                Arguments.of("WorkloadName", 1, 200),
                Arguments.of("TokenName", 1, 256));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void countCodePointsAfterComposition(String type, int min, int max) {
        for (String character : new String[] {"a", EMOJI, "\u00e9"}) {
            assertThat(TYPES.get(type).apply(character.repeat(max))).isEqualTo(character.repeat(max));
            assertThat(refusal(type, character.repeat(max + 1))).isEqualTo("TOO_LONG");
        }
        assertThat(TYPES.get(type).apply(DECOMPOSED.repeat(max))).isEqualTo("\u00e9".repeat(max));
        assertThat(refusal(type, DECOMPOSED.repeat(max + 1))).isEqualTo("TOO_LONG");
        assertThat(refusal(type, "a".repeat(10_000))).isEqualTo("TOO_LONG");
        assertThat(refusal(type, "")).isEqualTo(min == 0 ? "" : "REQUIRED");
    }

    @Test
    void areEqualAfterComposition() {
        assertThat(new TokenName("caf" + DECOMPOSED)).isEqualTo(new TokenName("caf\u00e9"));
        // Compatibility forms stay distinct: NFC is not NFKC.
        assertThat(new TokenName("\ufb01")).isNotEqualTo(new TokenName("fi"));
        assertThat(new TokenName("Caf\u00e9")).isNotEqualTo(new TokenName("caf\u00e9"));
    }

    /** A stored text may be older than the rule that refuses it now. */
    @Test
    void acceptEveryStoredText() {
        StoredText stored = new StoredText(" a\u200d\u3164");
        assertThat(Stream.of(
                        new TenantName(stored).value(),
                        new PersonName(stored).value(),
                        new WorkloadName(stored).value(),
                        new TokenName(stored).value(),
                        new FreeText(stored).value(),
                        new Email(stored).value()))
                .containsOnly(stored.value());
        assertThat(new TokenName(new StoredText("a")))
                .isEqualTo(new TokenName("a"))
                .hasSameHashCodeAs(new TokenName("a"))
                .hasToString("TokenName[a]")
                .isNotEqualTo(new WorkloadName("a"));
    }

    private static String refusal(String type, String text) {
        return String.join(",", Refusal.of(() -> TYPES.get(type).apply(text)));
    }
}
