package dev.jeton.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "Ada+Token@Example.COM",
                "a@b",
                "ada@[127.0.0.1]",
                "\u00e4da@example.com",
                "\"a@b\"@example.com"
            })
    void keepsTheSpelling(String text) {
        assertThat(new Email(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a",
                "ada.example.com",
                "ada@",
                "@example.com",
                "a b@example.com",
                "ada@exam ple.com",
                "ada@exam\u00a0ple.com",
                "Ada <ada@example.com>"
            })
    void rejectsInvalidAddresses(String text) {
        assertThat(Refusal.of(() -> new Email(text))).containsExactly("INVALID_EMAIL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|REQUIRED",
                "' '|SURROUNDING_WHITE_SPACE",
                "ada@example.com |SURROUNDING_WHITE_SPACE",
                "ada@example.com\u00a0|SURROUNDING_WHITE_SPACE",
                "ada@example.com\u0000|INVALID_CHARACTER",
                "ada\t@example.com|INVALID_CHARACTER",
                "ada\u202e@example.com|INVALID_CHARACTER"
            })
    void followsTheRulesOfALine(String text, String reason) {
        assertThat(Refusal.of(() -> new Email(text))).containsExactly(reason);
    }

    @Test
    void hasAtMost254Characters() {
        String domain = "@example.com";
        assertThat(new Email("a".repeat(254 - domain.length()) + domain).value())
                .hasSize(254);
        assertThat(Refusal.of(() -> new Email("a".repeat(255 - domain.length()) + domain)))
                .containsExactly("TOO_LONG");
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ADA@EXAMPLE.COM",
        "Ada@Example.com, aDA@eXAMPLE.COM",
        "\u00e4da@example.com, \u00c4DA@example.com",
        // Small sigma has two forms, capital sigma one; all three are the same letter.
        "\u03bf\u03b4\u03cc\u03c2@example.com, \u039f\u0394\u038c\u03a3@example.com",
        "\u03bf\u03b4\u03cc\u03c3@example.com, \u039f\u0394\u038c\u03a3@example.com"
    })
    void ignoresCaseInComparisons(String one, String other) {
        assertThat(new Email(one).key()).isEqualTo(new Email(other).key());
        assertThat(new Email(one)).isNotEqualTo(new Email(other));
    }

    @Test
    void comparesTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertThat(new Email("IDA@example.com").key()).isEqualTo("ida@example.com");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void distinguishesDifferentAddresses() {
        assertThat(new Email("ada+1@example.com").key()).isNotEqualTo(new Email("ada@example.com").key());
    }
}
