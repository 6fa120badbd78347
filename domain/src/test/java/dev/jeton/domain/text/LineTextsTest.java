package dev.jeton.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
                "a\u00a0b",
                "Zo\u00eb \u6771\u4eac \u0639\u0631\u0628\u064a",
                EMOJI,
                // A family: three emoji joined by zero width joiners.
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                // Persian uses the zero width non-joiner within words.
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
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

    private static String refusal(String type, String text) {
        return String.join(",", Refusal.of(() -> TYPES.get(type).apply(text)));
    }
}
