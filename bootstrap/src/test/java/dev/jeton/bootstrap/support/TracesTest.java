package dev.jeton.bootstrap.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TracesTest {
    private static final String SECRET = "gR0fT7xW2mQ9bZ4kL1vN8cJ5hD3sP6yA";

    private final Traces traces = new Traces();

    @BeforeEach
    void addSecret() {
        traces.add("it", SECRET);
    }

    static Stream<String> forms() {
        return Stream.of(
                SECRET,
                SECRET.substring(0, Traces.PIECE),
                SECRET.substring(SECRET.length() - Traces.PIECE),
                hex("before " + SECRET),
                hex(SECRET).toUpperCase(),
                base64(SECRET),
                base64("a" + SECRET + "b"),
                base64("ab" + SECRET + "c"),
                base64("abc" + SECRET),
                base64("Bearer jtn_" + SECRET + " and more"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void findsItInEveryForm(String form) {
        assertThat(traces.in("some log line " + form + " and another"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("it"));
    }

    @Test
    void findsNothingElse() {
        assertThat(traces.in("")).isEmpty();
        assertThat(traces.in(SECRET.substring(0, Traces.PIECE - 1) + " " + SECRET.toLowerCase()))
                .isEmpty();
        assertThat(traces.in(hex("another text, which is long enough"))).isEmpty();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
