package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.user.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenRenewTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final String IN_30_DAYS = "2026-04-09T00:00:00Z";
    private static final String REQUIRED = "expiration EXPIRY_REQUIRED";
    private static final String LONG_AGO = "2026-03-06T00:00:00Z";
    private static final String SAME = "same";

    static Stream<Arguments> renewals() {
        TokenPolicy free = ProductPolicies.cloudeka();
        TokenPolicy fpt = ProductPolicies.fptAiStudio();
        TokenPolicy duplo = ProductPolicies.duploCloud();
        TokenPolicy lattica = ProductPolicies.latticaAi();
        TokenPolicy ace = ProductPolicies.aceCloud();
        TokenPolicy month = Policies.with(new ExpiryRule(Lifetime.ofDays(30), List.of(), null, false, false));
        return Stream.of(
                // No choice: the default from now, never shorter than before, and never unlimited by accident.
                Arguments.of(month, LONG_AGO, unspecified(), IN_30_DAYS),
                Arguments.of(month, "2026-03-10T00:00:00Z", unspecified(), IN_30_DAYS),
                Arguments.of(month, "2026-03-10T00:00:00.000001Z", unspecified(), IN_30_DAYS),
                Arguments.of(month, "2026-04-08T23:59:59.999999Z", unspecified(), IN_30_DAYS),
                Arguments.of(month, IN_30_DAYS, unspecified(), SAME),
                Arguments.of(month, "2026-04-09T00:00:00.000001Z", unspecified(), SAME),
                Arguments.of(month, "never", unspecified(), SAME),
                Arguments.of(lattica, LONG_AGO, unspecified(), IN_30_DAYS),
                Arguments.of(lattica, "never", unspecified(), SAME),
                Arguments.of(ace, LONG_AGO, unspecified(), IN_30_DAYS),
                Arguments.of(free, LONG_AGO, unspecified(), REQUIRED),
                Arguments.of(free, "2027-01-01T00:00:00Z", unspecified(), REQUIRED),
                Arguments.of(free, "never", unspecified(), REQUIRED),
                Arguments.of(fpt, LONG_AGO, unspecified(), REQUIRED),
                Arguments.of(duplo, LONG_AGO, unspecified(), REQUIRED),
                // A choice: what the policy allows from now, and never shorter than before.
                Arguments.of(free, LONG_AGO, days(30), IN_30_DAYS),
                Arguments.of(free, IN_30_DAYS, days(30), SAME),
                Arguments.of(free, "2026-04-09T00:00:00.000001Z", days(30), "lifetime EXPIRY_SHORTENED"),
                Arguments.of(free, "never", days(30), "lifetime EXPIRY_SHORTENED"),
                Arguments.of(free, "never", new ExpirationChoice.Never(), SAME),
                Arguments.of(free, LONG_AGO, new ExpirationChoice.Never(), "never"),
                Arguments.of(free, LONG_AGO, at("2026-03-10T00:00:00Z"), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(free, LONG_AGO, at("2026-03-10T00:00:00.000001Z"), "2026-03-10T00:00:00.000001Z"),
                Arguments.of(free, IN_30_DAYS, at("2026-04-01T00:00:00Z"), "expire_time EXPIRY_SHORTENED"),
                Arguments.of(duplo, LONG_AGO, endOf("2026-03-11"), "2026-03-12T00:00:00Z"),
                Arguments.of(duplo, LONG_AGO, endOf("2026-03-10"), "expire_date EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(duplo, IN_30_DAYS, endOf("2026-04-07"), "expire_date EXPIRY_SHORTENED"),
                Arguments.of(duplo, LONG_AGO, new ExpirationChoice.Never(), "never_expires NEVER_NOT_ALLOWED"),
                // The current expiry is not checked again, unless it has passed.
                Arguments.of(lattica, IN_30_DAYS, at(IN_30_DAYS), SAME),
                Arguments.of(fpt, "2026-04-08T00:00:00Z", endOf("2026-04-07"), SAME),
                Arguments.of(duplo, "never", new ExpirationChoice.Never(), SAME),
                Arguments.of(lattica, LONG_AGO, at(LONG_AGO), "expire_time EXPIRY_FIXED"),
                Arguments.of(duplo, LONG_AGO, at(LONG_AGO), "expire_time EXPIRY_NOT_IN_FUTURE"),
                Arguments.of(fpt, LONG_AGO, days(30), IN_30_DAYS),
                Arguments.of(fpt, LONG_AGO, days(31), "lifetime LIFETIME_NOT_ALLOWED"),
                Arguments.of(lattica, LONG_AGO, days(30), "lifetime EXPIRY_FIXED"),
                Arguments.of(ace, LONG_AGO, at("2026-05-01T12:00:00Z"), "2026-05-01T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("renewals")
    void obeysTheCurrentPolicyAndNeverShortens(
            TokenPolicy policy, String present, ExpirationChoice choice, String expected) {
        Token token = expiring(present);
        try {
            Token renewed = token.renew(choice, policy, NOW);
            if (expected.equals(SAME)) {
                assertThat(renewed).isSameAs(token);
            } else {
                assertThat(renewed.expiry()).isEqualTo(expiry(expected));
                assertThat(renewed.revision()).isEqualTo(token.revision().next(NOW));
                assertThat(renewed.secretHint()).isEqualTo(token.secretHint());
                assertThat(renewed.statusAt(NOW)).isEqualTo(TokenStatus.ACTIVE);
            }
        } catch (InvalidArgument refused) {
            assertThat(refused.violations().stream()
                            .map(violation -> violation.field() + " " + violation.reason())
                            .collect(Collectors.joining(", ")))
                    .isEqualTo(expected);
        }
    }

    @Test
    void mustBeReactivatedFirstIfCancelled() {
        for (String present : List.of(LONG_AGO, IN_30_DAYS, "never")) {
            Token cancelled = Tokens.cancelled(expiring(present), "leaked", NOW);
            FailedPrecondition refused = catchThrowableOfType(
                    FailedPrecondition.class, () -> cancelled.renew(unspecified(), ProductPolicies.latticaAi(), NOW));
            assertThat(refused.reason()).isEqualTo(ErrorReason.TOKEN_CANCELLED);
            assertThat(refused.metadata())
                    .isEqualTo(Map.of("token_id", cancelled.id().toString()));
        }
        Token reactivated = Tokens.cancelled(expiring(LONG_AGO), "leaked", NOW).reactivate(Role.MEMBER, NOW);
        assertThat(reactivated
                        .renew(unspecified(), ProductPolicies.latticaAi(), NOW)
                        .expiry())
                .isEqualTo(expiry(IN_30_DAYS));
    }

    @Test
    void reportsTheCurrentExpiryIfTheNewOneIsEarlier() {
        assertThat(catchThrowableOfType(InvalidArgument.class, () -> expiring(IN_30_DAYS)
                        .renew(days(7), ProductPolicies.cloudeka(), NOW)))
                .hasMessage(
                        "lifetime must not be before the current expiry, 2026-04-09T00:00:00Z; use UpdateToken to shorten it");
    }

    /** Regardless of the policy under which it was issued. */
    private static Token expiring(String expiry) {
        return new TokenBuilder(Tokens.of(Users.member(Tenants.anId())))
                .expiry(expiry(expiry))
                .revised(Instant.parse("2026-03-05T12:00:00Z"));
    }

    private static Expiry expiry(String text) {
        return text.equals("never") ? Expiry.NEVER : Expiry.at(Instant.parse(text));
    }

    private static ExpirationChoice unspecified() {
        return ExpirationChoice.unspecified();
    }

    private static ExpirationChoice days(int days) {
        return new ExpirationChoice.After(Lifetime.ofDays(days));
    }

    private static ExpirationChoice at(String instant) {
        return new ExpirationChoice.At(Instant.parse(instant));
    }

    private static ExpirationChoice endOf(String day) {
        return new ExpirationChoice.EndOfDay(LocalDate.parse(day));
    }
}
