package dev.jeton.grpc.message;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Converts instants, durations and days. Refuses values that the documentation of their proto types excludes. */
public final class Times {
    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final long MAX_DURATION_SECONDS = 315_576_000_000L;
    private static final int MAX_NANOS = 999_999_999;
    /** Keeps the end of the last day within the range of timestamps. */
    private static final int LAST_YEAR = 9999;

    private Times() {}

    /** @throws InvalidArgument with INVALID_TIMESTAMP */
    public static Instant instant(Timestamp timestamp) {
        long seconds = timestamp.getSeconds();
        int nanos = timestamp.getNanos();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > MAX_NANOS) {
            throw new InvalidArgument(
                    ErrorReason.INVALID_TIMESTAMP, "must be in the years 1 to 9999, with nanos of 0 to 999,999,999");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** @throws InvalidArgument with INVALID_DURATION */
    public static Duration duration(com.google.protobuf.Duration duration) {
        long seconds = duration.getSeconds();
        int nanos = duration.getNanos();
        boolean inRange = seconds >= -MAX_DURATION_SECONDS
                && seconds <= MAX_DURATION_SECONDS
                && nanos >= -MAX_NANOS
                && nanos <= MAX_NANOS;
        boolean signsAgree = seconds == 0 || nanos == 0 || seconds < 0 == nanos < 0;
        if (!inRange || !signsAgree) {
            throw new InvalidArgument(
                    ErrorReason.INVALID_DURATION,
                    "must have at most 315,576,000,000 seconds and 999,999,999 nanos, both with the same sign");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    /** @throws InvalidArgument with INVALID_DATE */
    public static LocalDate day(Date date) {
        if (date.getYear() >= 1 && date.getYear() <= LAST_YEAR) {
            try {
                return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
            } catch (DateTimeException noSuchDay) {
                throw invalidDate();
            }
        }
        throw invalidDate();
    }

    /** Truncates to microseconds. */
    public static Timestamp timestamp(Instant instant) {
        Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
        return Timestamp.newBuilder()
                .setSeconds(micros.getEpochSecond())
                .setNanos(micros.getNano())
                .build();
    }

    public static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    private static InvalidArgument invalidDate() {
        return new InvalidArgument(
                ErrorReason.INVALID_DATE,
                "must be a calendar date with year (1 to %s), month and day".formatted(LAST_YEAR));
    }
}
