package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Instant INSTANT = Instant.parse("2026-04-04T10:15:30.123456Z");
    private static final Expiry EXPIRY = Expiry.at(INSTANT);

    @Test
    void hasPassedFromItsInstantOn() {
        assertThat(EXPIRY.hasPassed(INSTANT.minusNanos(1))).isFalse();
        assertThat(EXPIRY.hasPassed(INSTANT)).isTrue();
        assertThat(EXPIRY.hasPassed(INSTANT.plusNanos(1))).isTrue();
    }

    @Test
    void noExpiryNeverPasses() {
        assertThat(Expiry.NEVER.hasPassed(Instant.MAX)).isFalse();
        assertThat(Expiry.NEVER.isNever()).isTrue();
        assertThat(EXPIRY.isNever()).isFalse();
    }

    @Test
    void truncatesToMicroseconds() {
        assertThat(Expiry.at(INSTANT.plusNanos(999))).isEqualTo(EXPIRY);
        assertThat(Expiry.at(INSTANT.plusNanos(1_000))).isNotEqualTo(EXPIRY);
    }

    @Test
    void ordersNeverAfterEverything() {
        Expiry later = Expiry.at(INSTANT.plusNanos(1_000));
        assertThat(EXPIRY.isBefore(later)).isTrue();
        assertThat(later.isBefore(EXPIRY)).isFalse();
        assertThat(EXPIRY.isBefore(EXPIRY)).isFalse();
        assertThat(EXPIRY.isBefore(Expiry.NEVER)).isTrue();
        assertThat(Expiry.NEVER.isBefore(EXPIRY)).isFalse();
        assertThat(Expiry.NEVER.isBefore(Expiry.NEVER)).isFalse();
    }

    @Test
    void fitsInATimestamp() {
        for (String instant : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
            assertThat(Refusal.of(() -> Expiry.at(Instant.parse(instant)))).isEmpty();
        }
        for (Instant instant : List.of(
                Instant.parse("0000-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.MAX)) {
            assertThat(Refusal.of(() -> Expiry.at(instant))).containsExactly("INVALID_TIMESTAMP");
            assertThat(Refusal.of(() -> new ExpirationChoice.At(instant))).containsExactly("INVALID_TIMESTAMP");
        }
        for (LocalDate day : List.of(LocalDate.of(0, 12, 31), LocalDate.of(9999, 12, 31), LocalDate.MIN)) {
            assertThat(Refusal.of(() -> new ExpirationChoice.EndOfDay(day))).containsExactly("INVALID_DATE");
        }
    }
}
