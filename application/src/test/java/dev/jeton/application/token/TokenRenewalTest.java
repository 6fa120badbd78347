package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static dev.jeton.application.fixture.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.verification.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenRenewalTest {
    private static final ExpirationChoice UNCHOSEN = ExpirationChoice.unspecified();
    private static final ExpiryRule THIRTY_DAYS = new ExpiryRule(Lifetime.ofDays(30), List.of(), null, false, false);

    private final InMemoryJeton jeton = new InMemoryJeton();

    @Test
    void withoutAChoiceTheDefaultLifetimeStartsAgain() {
        IssuedToken issued = issued(THIRTY_DAYS);
        jeton.clock.advance(Duration.ofDays(10));

        TokenView renewed = renew(issued, UNCHOSEN);

        assertThat(renewed.token().expiry()).isEqualTo(Expiry.at(Instant.parse("2026-04-14T10:15:30.123456Z")));
        assertThat(renewed.token().revision())
                .isEqualTo(issued.view().token().revision().next(jeton.clock.instant()));
    }

    @Test
    void renewalRevivesAnExpiredTokenWithTheSameSecret() {
        IssuedToken issued = issued(THIRTY_DAYS);
        jeton.clock.advance(Duration.ofDays(31));
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Denied.class);

        TokenView renewed = renew(issued, UNCHOSEN);

        assertThat(renewed.status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(renewed.token().secretHint()).isEqualTo(issued.view().token().secretHint());
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Allowed.class);
        jeton.clock.advance(Duration.ofDays(30));
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Denied.class);
    }

    @Test
    void aRenewalInTheLastMicrosecondStillExpires() {
        IssuedToken issued = issued(THIRTY_DAYS);
        jeton.clock.advance(Duration.ofDays(30).minusNanos(1_000));

        assertThat(renew(issued, UNCHOSEN).token().expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-05-04T10:15:30.123455Z")));
    }

    @Test
    void everyChoiceCountsFromNow() {
        IssuedToken issued = issued(THIRTY_DAYS);
        jeton.clock.advance(Duration.ofDays(1));

        assertThat(renew(issued, new ExpirationChoice.After(Lifetime.ofDays(40)))
                        .token()
                        .expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-04-15T10:15:30.123456Z")));
        assertThat(renew(issued, new ExpirationChoice.EndOfDay(LocalDate.parse("2026-05-01")))
                        .token()
                        .expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-05-02T00:00:00Z")));
        assertThat(renew(issued, new ExpirationChoice.At(Instant.parse("2026-06-01T00:00:00Z")))
                        .token()
                        .expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-06-01T00:00:00Z")));
        assertThat(renew(issued, new ExpirationChoice.Never()).token().expiry()).isEqualTo(Expiry.NEVER);
    }

    @Test
    void aRenewalNeverShortens() {
        IssuedToken issued = issued(THIRTY_DAYS);
        TokenView longer = renew(issued, new ExpirationChoice.After(Lifetime.ofDays(60)));

        assertThat(renew(issued, UNCHOSEN)).isEqualTo(longer);
        assertViolations(
                () -> renew(issued, new ExpirationChoice.After(Lifetime.ofDays(59))), ErrorReason.EXPIRY_SHORTENED);
        TokenView endless = renew(issued, new ExpirationChoice.Never());
        assertThat(renew(issued, UNCHOSEN)).isEqualTo(endless);
        assertViolations(
                () -> renew(issued, new ExpirationChoice.After(Lifetime.ofDays(9_999))), ErrorReason.EXPIRY_SHORTENED);
    }

    @Test
    void withoutADefaultAChoiceIsRequired() {
        IssuedToken issued = issued(ExpiryRule.DEFAULT);

        assertViolations(() -> renew(issued, UNCHOSEN), ErrorReason.EXPIRY_REQUIRED);
        assertThat(renew(issued, new ExpirationChoice.Never())).isEqualTo(issued.view());
    }

    @Test
    void aCancelledTokenMustBeReactivatedFirst() {
        IssuedToken issued = issued(THIRTY_DAYS);
        jeton.tokens.cancel(
                jeton.operator, new CancelToken(issued.view().token().id(), new FreeText("leaked"), null));

        assertRefused(ErrorReason.TOKEN_CANCELLED, () -> renew(issued, UNCHOSEN));
    }

    @Test
    void aRenewalObeysTheCurrentPolicy() {
        IssuedToken issued = issued(THIRTY_DAYS);
        Token token = issued.view().token();
        policy(token, new ExpiryRule(Lifetime.ofDays(60), List.of(), Lifetime.ofDays(90), true, false));

        assertViolations(() -> renew(issued, new ExpirationChoice.Never()), ErrorReason.NEVER_NOT_ALLOWED);
        assertViolations(
                () -> renew(issued, new ExpirationChoice.After(Lifetime.ofDays(91))), ErrorReason.EXPIRY_TOO_LATE);
        assertViolations(
                () -> renew(issued, new ExpirationChoice.At(jeton.clock.instant())), ErrorReason.EXPIRY_NOT_IN_FUTURE);
        assertThat(renew(issued, UNCHOSEN).token().expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-05-04T10:15:30.123456Z")));

        policy(token, new ExpiryRule(Lifetime.ofDays(90), List.of(), null, true, true));
        assertViolations(
                () -> renew(issued, new ExpirationChoice.After(Lifetime.ofDays(90))), ErrorReason.EXPIRY_FIXED);
        policy(token, new ExpiryRule(null, List.of(Lifetime.ofDays(70)), null, true, false));
        assertViolations(() -> renew(issued, UNCHOSEN), ErrorReason.EXPIRY_REQUIRED);
        assertViolations(
                () -> renew(issued, new ExpirationChoice.After(Lifetime.ofDays(71))), ErrorReason.LIFETIME_NOT_ALLOWED);
        assertThat(renew(issued, new ExpirationChoice.After(Lifetime.ofDays(70)))
                        .status())
                .isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void aStaleEtagFailsUnlessNothingWouldChange() {
        IssuedToken issued = issued(THIRTY_DAYS);
        Etag stale = issued.view().token().revision().etag();
        ExpirationChoice choice = new ExpirationChoice.At(Instant.parse("2026-06-01T00:00:00Z"));
        TokenView renewed = renew(issued, choice, stale);

        assertThat(renew(issued, choice, stale)).isEqualTo(renewed);
        assertThat(renew(issued, UNCHOSEN, stale)).isEqualTo(renewed);
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> renew(issued, new ExpirationChoice.Never(), stale));
    }

    private IssuedToken issued(ExpiryRule rule) {
        return jeton.token(jeton.member(jeton.tenant(Policies.with(rule))));
    }

    private void policy(Token token, ExpiryRule rule) {
        TokenPolicy policy = Policies.with(rule);
        jeton.tenants.update(jeton.operator, new UpdateTenant(token.tenantId(), null, PolicyChange.to(policy), null));
    }

    private TokenView renew(IssuedToken issued, ExpirationChoice choice) {
        return jeton.tokens.renew(
                jeton.operator, new RenewToken(issued.view().token().id(), choice, null));
    }

    private TokenView renew(IssuedToken issued, ExpirationChoice choice, Etag etag) {
        return jeton.tokens.renew(
                jeton.operator, new RenewToken(issued.view().token().id(), choice, etag));
    }
}
