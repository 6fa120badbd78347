package dev.jeton.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownOutputTest {

    @Test
    void plainTextMatchesOnlyItself() {
        assertThat(ShownOutput.matches("a.c\n", "a.c")).isTrue();
        assertThat(ShownOutput.matches("a.c", "abc")).isFalse();
        assertThat(ShownOutput.matches("a", "a\nb")).isFalse();
        assertThat(ShownOutput.matches("a\nb", "a")).isFalse();
    }

    @Test
    void anElisionWithinALineStandsForSomethingInThatLine() {
        assertThat(ShownOutput.matches("\"id\": \"…\",", "\"id\": \"0197\",")).isTrue();
        assertThat(ShownOutput.matches("\"id\": \"…\"", "\"id\": \"\"")).isFalse();
        assertThat(ShownOutput.matches("a…c", "ab\nc")).isFalse();
    }

    @Test
    void anElisionAloneStandsForAnyLines() {
        assertThat(ShownOutput.matches("{\n  …\n}", "{\n  a\n  b\n}")).isTrue();
        assertThat(ShownOutput.matches("{\n  …\n}", "{\n}")).isTrue();
        assertThat(ShownOutput.matches("{\n  …\n}", "{\n  a")).isFalse();
    }
}
