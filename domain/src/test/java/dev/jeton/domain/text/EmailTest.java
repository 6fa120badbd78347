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
                "operator@localhost",
                "o'hara_{x}|y=z!#$%&*/?^`~-@xn--bcher-kva.example",
                "\u00e4da@b\u00fccher.example",
                "\u0621\u0662@\u0645\u062b\u0627\u0644.example"
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
                "Ada <ada@example.com>",
                "@@x",
                "a@b@example.com",
                "a@example.com,b@example.com",
                "a,b@example.com",
                "a;b@example.com",
                "mailto:ada@example.com",
                "a\uff20b@example.com",
                "\"a@b\"@example.com",
                "ada(x)@example.com",
                "ada\\@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..b@example.com",
                "ada@[127.0.0.1]",
                "ada@.example.com",
                "ada@example.com.",
                "ada@example..com",
                "ada@-example.com",
                "ada@example-.com",
                "ada@exa_mple.com",
                "ada@example.com:25",
                "ada@example\u3002com",
                "ada@\u0301example.com"
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
                "ada\u202e@example.com|INVALID_CHARACTER",
                "a\u200dda@example.com|INVALID_CHARACTER",
                "ada@ex\u3164ample.com|INVALID_CHARACTER"
            })
    void followsTheRulesOfALine(String text, String reason) {
        assertThat(Refusal.of(() -> new Email(text))).containsExactly(reason);
    }

    @Test
    void hasAtMost64BytesBeforeTheAtSignAndLabelsOf63() {
        String label = "a".repeat(63);
        String local = "a".repeat(64);
        assertThat(new Email(local + "@" + label).value()).hasSize(128);
        assertThat(Refusal.of(() -> new Email(local + "a@" + label))).containsExactly("TOO_LONG");
        assertThat(Refusal.of(() -> new Email("\u00e4".repeat(33) + "@" + label)))
                .containsExactly("TOO_LONG");
        assertThat(Refusal.of(() -> new Email(local + "@a" + label))).containsExactly("INVALID_EMAIL");
    }

    @Test
    void hasAtMost254Bytes() {
        String labels = "@" + ("a".repeat(62) + ".").repeat(3) + "com";
        String local = "a".repeat(254 - labels.length());
        assertThat(new Email(local + labels).value()).hasSize(254);
        assertThat(Refusal.of(() -> new Email("a" + local + labels))).containsExactly("TOO_LONG");
        assertThat(Refusal.of(() -> new Email(local.substring(1) + "\u00e4" + labels)))
                .containsExactly("TOO_LONG");
        assertThat(Refusal.of(() -> new Email("a@" + "a.".repeat(300) + "com"))).containsExactly("TOO_LONG");
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
