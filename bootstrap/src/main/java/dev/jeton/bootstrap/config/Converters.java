package dev.jeton.bootstrap.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts and checks the values of options. */
final class Converters {
    private static final Duration DAY = Duration.ofDays(1);

    private Converters() {}

    /** A positive duration such as {@code 500ms}, {@code 10s}, {@code 15m}, {@code 24h} or {@code 90d}. */
    static class Time implements ITypeConverter<Duration> {
        private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
        private static final Map<String, ChronoUnit> UNITS = Map.of(
                "ms",
                ChronoUnit.MILLIS,
                "s",
                ChronoUnit.SECONDS,
                "m",
                ChronoUnit.MINUTES,
                "h",
                ChronoUnit.HOURS,
                "d",
                ChronoUnit.DAYS);

        @Override
        public Duration convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("must be a duration such as 500ms, 10s, 15m, 24h or 90d");
            }
            return within(
                    Duration.ZERO,
                    Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2))),
                    Duration.ofDays(3650));
        }

        static Duration within(Duration min, Duration time, Duration max) {
            if (time.compareTo(min) < 0) {
                throw new TypeConversionException("must be at least " + text(min));
            }
            if (time.compareTo(max) > 0) {
                throw new TypeConversionException("must be at most " + text(max));
            }
            return time;
        }

        private static String text(Duration time) {
            if (time.toMillis() % 1000 != 0) {
                return time.toMillis() + "ms";
            }
            return time.toSeconds() % DAY.toSeconds() == 0 ? time.toDays() + "d" : time.toSeconds() + "s";
        }
    }

    /** At most ten minutes; 0 means none. */
    static final class WarmUp extends Time {

        @Override
        public Duration convert(String text) {
            return text.equals("0")
                    ? Duration.ZERO
                    : within(Duration.ZERO, super.convert(text), Duration.ofMinutes(10));
        }
    }

    /** Whole seconds up to a day, because the database driver has no finer timeouts. */
    static final class WholeSeconds extends Time {

        @Override
        public Duration convert(String text) {
            Duration time = super.convert(text);
            if (time.toMillis() % 1000 != 0) {
                throw new TypeConversionException("must be whole seconds, such as 1s");
            }
            return within(Duration.ZERO, time, DAY);
        }
    }

    /** Up to a day: PostgreSQL holds a statement timeout as a 31-bit number of milliseconds. */
    static final class StatementTimeout extends Time {

        @Override
        public Duration convert(String text) {
            return within(Duration.ZERO, super.convert(text), DAY);
        }
    }

    /** At least 250 ms, the shortest wait that the connection pool supports. */
    static final class PoolWait extends Time {

        @Override
        public Duration convert(String text) {
            return within(Duration.ofMillis(250), super.convert(text), DAY);
        }
    }

    /** At least a second, the shortest time that the transport supports. */
    static final class ConnectionTime extends Time {

        @Override
        public Duration convert(String text) {
            Duration time = super.convert(text);
            return within(Duration.ofSeconds(1), time, time);
        }
    }

    /** At least a day, so that a wrong unit does not cost the trail. */
    static final class AuditRetention extends Time {

        @Override
        public Duration convert(String text) {
            Duration time = super.convert(text);
            return within(DAY, time, time);
        }
    }

    /** At most 40 seconds, so that last-used times are saved within a minute. */
    static final class UseInterval extends Time {

        @Override
        public Duration convert(String text) {
            return within(Duration.ZERO, super.convert(text), Duration.ofSeconds(40));
        }
    }

    /** A number of bytes such as {@code 65536} or {@code 64KiB}. */
    static final class Size implements ITypeConverter<Integer> {
        private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(KiB|MiB|)");
        private static final Map<String, Integer> UNITS = Map.of("", 1, "KiB", 1 << 10, "MiB", 1 << 20);

        @Override
        public Integer convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("must be a number of bytes such as 65536, 64KiB or 1MiB");
            }
            long size = Long.parseLong(matcher.group(1)) * UNITS.get(matcher.group(2));
            if (size > Integer.MAX_VALUE) {
                throw new TypeConversionException("must be less than 2048MiB");
            }
            return (int) size;
        }
    }

    /** A whole number from 1 to 1,000,000. */
    static final class Count implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            return number(text, 1, 1_000_000);
        }
    }

    /** A port number; 0 means any free port. */
    static final class Port implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            return number(text, 0, 65_535);
        }
    }

    /** An IP address or a host name. */
    static final class Address implements ITypeConverter<InetAddress> {

        @Override
        public InetAddress convert(String text) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new TypeConversionException(
                        "must be an IP address or host name of this machine, such as 127.0.0.1, ::1 or 0.0.0.0");
            }
        }
    }

    /** A path, in characters that the locale of this process can represent. */
    static final class File implements ITypeConverter<Path> {
        /** Stands for what the JVM could not decode in the command line or the environment. */
        private static final String UNDECODABLE = "\uFFFD";

        @Override
        public Path convert(String text) {
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new TypeConversionException("must not contain line breaks or other control characters");
            }
            try {
                if (!text.contains(UNDECODABLE)) {
                    return Path.of(text);
                }
            } catch (InvalidPathException unrepresentable) {
                // Reported below.
            }
            throw new TypeConversionException(
                    "has characters that this process cannot read; set LC_ALL=C.UTF-8, or rename the file");
        }
    }

    private static int number(String text, int min, int max) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new TypeConversionException("must be a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }
}
