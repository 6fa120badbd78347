package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifetimeTest {
    private static final Duration HUNDRED_YEARS = Duration.ofDays(36_500);

    static Stream<Duration> outOfRange() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofNanos(999),
                Duration.ofNanos(-1),
                Duration.ofNanos(-1_000),
                Duration.ofDays(-30),
                HUNDRED_YEARS.plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void rejectsNonPositiveAndMoreThanAHundredYears(Duration duration) {
        assertThat(Refusal.of(() -> new Lifetime(duration))).containsExactly("OUT_OF_RANGE");
    }

    @Test
    void acceptsAMicrosecondToAHundredYears() {
        assertThat(new Lifetime(Duration.ofNanos(1_000)).duration()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(new Lifetime(HUNDRED_YEARS).duration()).isEqualTo(HUNDRED_YEARS);
    }

    @Test
    void truncatesToMicroseconds() {
        assertThat(new Lifetime(Duration.ofSeconds(1, 1_999))).isEqualTo(new Lifetime(Duration.ofSeconds(1, 1_000)));
    }

    @Test
    void comparesAndAdds() {
        Lifetime month = Lifetime.ofDays(30);
        assertThat(new Lifetime(Duration.ofDays(30).plusNanos(1_000)).isLongerThan(month))
                .isTrue();
        assertThat(month.isLongerThan(Lifetime.ofDays(30))).isFalse();
        assertThat(month.isLongerThan(Lifetime.ofDays(31))).isFalse();
        assertThat(month.from(Instant.parse("2026-03-05T10:15:30.123456Z")))
                .isEqualTo(Expiry.at(Instant.parse("2026-04-04T10:15:30.123456Z")));
    }

    @ParameterizedTest
    @CsvSource({"PT720H, 30 days", "PT1H, 3600 s", "PT0.000001S, 0.000001 s", "PT24H0.5S, 86400.5 s"})
    void printsDaysOrSeconds(Duration duration, String text) {
        assertThat(new Lifetime(duration)).hasToString(text);
    }
}
