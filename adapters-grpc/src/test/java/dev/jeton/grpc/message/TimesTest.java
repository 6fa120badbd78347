package dev.jeton.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.time.Instant;
import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void acceptsInstantsOfYears1To9999() {
        assertThat(Times.instant(timestamp(-62_135_596_800L, 0))).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
        assertThat(Times.instant(timestamp(253_402_300_799L, 999_999_999)))
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999999999Z"));
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(-62_135_596_801L, 0)));
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(253_402_300_800L, 0)));
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(Long.MAX_VALUE, 0)));
    }

    @Test
    void refusesNanosOutOfRange() {
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(0, -1)));
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(0, 1_000_000_000)));
        assertRefused(ErrorReason.INVALID_TIMESTAMP, () -> Times.instant(timestamp(0, Integer.MIN_VALUE)));
    }

    @Test
    void readsDurationsOfEitherSign() {
        assertThat(Times.duration(duration(1, 500_000_000))).isEqualTo(java.time.Duration.ofMillis(1_500));
        assertThat(Times.duration(duration(-1, -500_000_000))).isEqualTo(java.time.Duration.ofMillis(-1_500));
        assertThat(Times.duration(duration(0, -1))).isEqualTo(java.time.Duration.ofNanos(-1));
        assertThat(Times.duration(duration(315_576_000_000L, 0))).hasSeconds(315_576_000_000L);
    }

    @Test
    void refusesInconsistentDurations() {
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(1, -1)));
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(-1, 1)));
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(0, 1_000_000_000)));
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(0, Integer.MIN_VALUE)));
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(315_576_000_001L, 0)));
        assertRefused(ErrorReason.INVALID_DURATION, () -> Times.duration(duration(Long.MIN_VALUE, 0)));
    }

    @Test
    void acceptsCalendarDatesOnly() {
        assertThat(Times.day(date(2028, 2, 29))).isEqualTo(LocalDate.of(2028, 2, 29));
        assertThat(Times.day(date(9999, 12, 31))).isEqualTo(LocalDate.of(9999, 12, 31));
        assertThat(Times.day(date(1, 1, 1))).isEqualTo(LocalDate.of(1, 1, 1));
        for (Date wrong : new Date[] {
            date(2027, 2, 29),
            date(2027, 2, 30),
            date(0, 1, 1),
            date(2027, 0, 1),
            date(2027, 1, 0),
            date(2027, 13, 1),
            date(-1, 1, 1),
            date(10_000, 1, 1),
            date(Integer.MAX_VALUE, 1, 1),
            date(0, 0, 0)
        }) {
            assertRefused(ErrorReason.INVALID_DATE, () -> Times.day(wrong));
        }
    }

    @Test
    void writesMicroseconds() {
        assertThat(Times.timestamp(Instant.parse("2026-03-05T10:15:30.123456789Z"))
                        .getNanos())
                .isEqualTo(123_456_000);
    }

    private static Timestamp timestamp(long seconds, int nanos) {
        return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    }

    private static Duration duration(long seconds, int nanos) {
        return Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    }

    private static Date date(int year, int month, int day) {
        return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
    }

    private static void assertRefused(ErrorReason reason, ThrowingCallable reading) {
        assertThatExceptionOfType(InvalidArgument.class)
                .isThrownBy(reading)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
