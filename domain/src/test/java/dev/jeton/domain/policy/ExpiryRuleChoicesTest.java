package dev.jeton.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.fixture.ProductPolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expiry rules applied to choices, at {@link #NOW} unless stated otherwise. */
class ExpiryRuleChoicesTest {
    private static final Instant NOW = Instant.parse("2026-03-05T10:15:30.123456789Z");
    private static final String IN_30_DAYS = "2026-04-04T10:15:30.123456Z";
    private static final String REQUIRED = "expiration EXPIRY_REQUIRED";

    private static final ExpiryRule FPT = ProductPolicies.fptAiStudio().expiryRule();
    private static final ExpiryRule DUPLO = ProductPolicies.duploCloud().expiryRule();
    private static final ExpiryRule LATTICA = ProductPolicies.latticaAi().expiryRule();
    private static final ExpiryRule ACE = ProductPolicies.aceCloud().expiryRule();
    private static final ExpiryRule CLOUDEKA = ProductPolicies.cloudeka().expiryRule();
    private static final ExpiryRule MAX_90_DAYS = new ExpiryRule(null, List.of(), Lifetime.ofDays(90), false, false);

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(FPT, unspecified(), REQUIRED),
                Arguments.of(FPT, days(30), IN_30_DAYS),
                Arguments.of(FPT, days(60), "2026-05-04T10:15:30.123456Z"),
                Arguments.of(FPT, days(90), "2026-06-03T10:15:30.123456Z"),
                Arguments.of(FPT, days(45), "lifetime LIFETIME_NOT_ALLOWED"),
                Arguments.of(FPT, after(Duration.ofDays(30).plusNanos(1_000)), "lifetime LIFETIME_NOT_ALLOWED"),
                Arguments.of(FPT, after(Duration.ofDays(30).plusNanos(999)), IN_30_DAYS),
                Arguments.of(FPT, at(IN_30_DAYS), "expire_time LIFETIME_NOT_ALLOWED"),
                Arguments.of(FPT, endOf("2026-04-03"), "expire_date LIFETIME_NOT_ALLOWED"),
                Arguments.of(FPT, never(), "never_expires LIFETIME_NOT_ALLOWED"),
                Arguments.of(DUPLO, endOf("2026-03-06"), "2026-03-07T00:00:00Z"),
                Arguments.of(DUPLO, endOf("2028-02-28"), "2028-02-29T00:00:00Z"),
                Arguments.of(DUPLO, endOf("2026-12-31"), "2027-01-01T00:00:00Z"),
                Arguments.of(DUPLO, endOf("2026-03-05"), "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(DUPLO, endOf("2026-03-04"), "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(DUPLO, endOf("0001-01-01"), "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(DUPLO, unspecified(), REQUIRED),
                Arguments.of(DUPLO, never(), "never_expires NEVER_NOT_ALLOWED"),
                Arguments.of(LATTICA, unspecified(), IN_30_DAYS),
                Arguments.of(LATTICA, days(30), "lifetime EXPIRY_FIXED"),
                Arguments.of(LATTICA, at(IN_30_DAYS), "expire_time EXPIRY_FIXED"),
                Arguments.of(LATTICA, endOf("2026-04-03"), "expire_date EXPIRY_FIXED"),
                Arguments.of(LATTICA, never(), "never_expires EXPIRY_FIXED"),
                Arguments.of(ACE, unspecified(), IN_30_DAYS),
                Arguments.of(ACE, at("2030-01-02T03:04:05.678Z"), "2030-01-02T03:04:05.678Z"),
                Arguments.of(ACE, endOf("2026-03-06"), "2026-03-07T00:00:00Z"),
                Arguments.of(ACE, at("2026-03-05T10:15:30.123457Z"), "2026-03-05T10:15:30.123457Z"),
                Arguments.of(ACE, at("2026-03-05T10:15:30.123456999Z"), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(ACE, at("2026-03-05T10:15:30.123456789Z"), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(ACE, at("2026-03-05T10:15:30.123456Z"), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(ACE, at("1969-12-31T23:59:59Z"), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(ACE, never(), "never_expires NEVER_NOT_ALLOWED"),
                Arguments.of(CLOUDEKA, unspecified(), "never"),
                Arguments.of(CLOUDEKA, never(), "never"),
                Arguments.of(CLOUDEKA, days(36_500), "2126-02-09T10:15:30.123456Z"),
                Arguments.of(CLOUDEKA, after(Duration.ofNanos(1_000)), "2026-03-05T10:15:30.123457Z"),
                Arguments.of(CLOUDEKA, at("9999-12-31T23:59:59.999999999Z"), "9999-12-31T23:59:59.999999Z"),
                Arguments.of(MAX_90_DAYS, unspecified(), REQUIRED),
                Arguments.of(MAX_90_DAYS, never(), "never_expires NEVER_NOT_ALLOWED"),
                Arguments.of(MAX_90_DAYS, days(90), "2026-06-03T10:15:30.123456Z"),
                Arguments.of(MAX_90_DAYS, after(Duration.ofDays(90).plusNanos(1_000)), "lifetime EXPIRY_TOO_LATE"),
                Arguments.of(MAX_90_DAYS, at("2026-06-03T10:15:30.123456999Z"), "2026-06-03T10:15:30.123456Z"),
                Arguments.of(MAX_90_DAYS, at("2026-06-03T10:15:30.123457Z"), "expire_time EXPIRY_TOO_LATE"),
                Arguments.of(MAX_90_DAYS, endOf("2026-06-02"), "2026-06-03T00:00:00Z"),
                Arguments.of(MAX_90_DAYS, endOf("2026-06-03"), "expire_date EXPIRY_TOO_LATE"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void resolvesAChoice(ExpiryRule rule, ExpirationChoice choice, String expected) {
        assertThat(answer(() -> rule.resolve(choice, NOW))).isEqualTo(expected);
    }

    static Stream<Arguments> renewalsWithoutAChoice() {
        return Stream.of(
                Arguments.of(FPT, REQUIRED),
                Arguments.of(DUPLO, REQUIRED),
                Arguments.of(LATTICA, IN_30_DAYS),
                Arguments.of(ACE, IN_30_DAYS),
                Arguments.of(CLOUDEKA, REQUIRED),
                Arguments.of(MAX_90_DAYS, REQUIRED));
    }

    @ParameterizedTest
    @MethodSource("renewalsWithoutAChoice")
    void requiresAChoiceForRenewalUnlessThereIsADefault(ExpiryRule rule, String expected) {
        assertThat(answer(() -> rule.resolveRenewal(unspecified(), NOW))).isEqualTo(expected);
    }

    static Stream<Arguments> answersToChoices() {
        return answers().filter(row -> !row.get()[1].equals(unspecified()));
    }

    @ParameterizedTest
    @MethodSource("answersToChoices")
    void resolvesAChoiceForRenewalAsForCreation(ExpiryRule rule, ExpirationChoice choice, String expected) {
        assertThat(answer(() -> rule.resolveRenewal(choice, NOW))).isEqualTo(expected);
    }

    static Stream<Arguments> midnights() {
        return Stream.of(
                Arguments.of("2026-03-05T23:59:59.999999999Z", "2026-03-05", "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of("2026-03-05T23:59:59.999999999Z", "2026-03-06", "2026-03-07T00:00:00Z"),
                Arguments.of("2026-03-06T00:00:00Z", "2026-03-06", "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of("2026-03-06T00:00:00Z", "2026-03-07", "2026-03-08T00:00:00Z"),
                Arguments.of("2026-03-06T00:00:00.000000001Z", "2026-03-06", "expire_date EXPIRY_NOT_IN_FUTURE"));
    }

    @ParameterizedTest
    @MethodSource("midnights")
    void daysEndAtMidnightUtc(Instant now, LocalDate day, String expected) {
        assertThat(answer(() -> DUPLO.resolve(new ExpirationChoice.EndOfDay(day), now)))
                .isEqualTo(expected);
    }

    @Test
    void truncatesMaximumAndLifetimeAlike() {
        // Both are truncated after the addition, so the longest lifetime is allowed at any nanosecond.
        for (int nanos = 0; nanos < 2_000; nanos += 37) {
            Instant now = NOW.plusNanos(nanos);
            assertThat(answer(() -> MAX_90_DAYS.resolve(days(90), now))).startsWith("2026-06-03T10:15:30.12345");
        }
    }

    @Test
    void listsTheAllowedLifetimes() {
        assertThat(message(() -> FPT.resolve(days(45), NOW)))
                .isEqualTo(
                        "lifetime is not allowed by the tenant's policy; choose a lifetime of 30 days, 60 days, 90 days");
        assertThat(message(() -> FPT.resolve(unspecified(), NOW)))
                .endsWith("choose a lifetime of 30 days, 60 days, 90 days");
        assertThat(message(() -> DUPLO.resolve(unspecified(), NOW)))
                .endsWith("choose expire_time, expire_date or lifetime");
        assertThat(message(() -> LATTICA.resolve(days(30), NOW))).contains("30 days");
    }

    @Test
    void rejectsADayThatEndsBeyondTheTimestampRange() {
        // The end of the year 9999 is in the year 10000, which a protobuf Timestamp cannot hold.
        assertThat(answer(() -> CLOUDEKA.resolve(endOf("9999-12-30"), NOW))).isEqualTo("9999-12-31T00:00:00Z");
        assertThat(message(() -> CLOUDEKA.resolve(endOf("9999-12-31"), NOW))).isNotEmpty();
    }

    private interface Resolution {
        Expiry resolve();
    }

    private static String answer(Resolution resolution) {
        try {
            Expiry expiry = resolution.resolve();
            return expiry.isNever() ? "never" : String.valueOf(expiry.instant());
        } catch (InvalidArgument refused) {
            return refused.violations().stream()
                    .map(violation -> violation.field() + " " + violation.reason())
                    .collect(Collectors.joining(", "));
        }
    }

    /** Returns an empty string if the choice is allowed. */
    private static String message(Resolution resolution) {
        try {
            resolution.resolve();
            return "";
        } catch (InvalidArgument refused) {
            return refused.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
        }
    }

    private static ExpirationChoice unspecified() {
        return ExpirationChoice.unspecified();
    }

    private static ExpirationChoice never() {
        return new ExpirationChoice.Never();
    }

    private static ExpirationChoice at(String instant) {
        return new ExpirationChoice.At(Instant.parse(instant));
    }

    private static ExpirationChoice endOf(String day) {
        return new ExpirationChoice.EndOfDay(LocalDate.parse(day));
    }

    private static ExpirationChoice days(int days) {
        return after(Duration.ofDays(days));
    }

    private static ExpirationChoice after(Duration duration) {
        return new ExpirationChoice.After(new Lifetime(duration));
    }
}
