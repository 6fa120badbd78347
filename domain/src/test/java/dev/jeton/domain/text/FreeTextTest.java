package dev.jeton.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "for the nightly tests",
                "one\ntwo\r\n\tthree\n",
                " kept as it is ",
                "e\u0301",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\u2764\ufe0f"
            })
    void keepsTextUnchanged(String text) {
        assertThat(new FreeText(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u000bb", "a\u000cb", "\u001b[31m", "\u2028", "\u202eevil", "\uD83D", "\ufeff"})
    void rejectsOtherUnprintableCharacters(String text) {
        assertThat(Refusal.of(() -> new FreeText(text))).containsExactly("INVALID_CHARACTER");
    }

    @Test
    void hasAtMost500CodePoints() {
        String emoji = "\uD83D\uDE80";
        assertThat(new FreeText(emoji.repeat(500)).value()).hasSize(1_000);
        assertThat(Refusal.of(() -> new FreeText(emoji.repeat(501)))).containsExactly("TOO_LONG");
        assertThat(Refusal.of(() -> new FreeText("a".repeat(10_000)))).containsExactly("TOO_LONG");
    }
}
