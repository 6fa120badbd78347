package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static dev.jeton.application.fixture.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenChangeTest {
    private static final FreeText LEAKED = new FreeText("leaked");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant(Policies.boundTo(2));
    private final User owner = jeton.member(tenant);
    private final IssuedToken issued = jeton.token(owner);
    private final Token token = issued.view().token();

    @Test
    void updatesSetFieldsAndKeepsTheRest() {
        jeton.clock.advance(Duration.ofMinutes(1));
        Instant now = jeton.clock.instant();

        Token renamed = update(new TokenChange(new TokenName("new"), null, ExpirationChoice.unspecified(), null));
        Token described = update(new TokenChange(null, new FreeText(""), ExpirationChoice.unspecified(), null));
        Token scoped =
                update(new TokenChange(null, null, ExpirationChoice.unspecified(), Scopes.of(new Scope("inference"))));
        Token emptied = update(new TokenChange(null, null, ExpirationChoice.unspecified(), Scopes.NONE));
        Token shortened = update(new TokenChange(null, null, new ExpirationChoice.At(now.plusSeconds(1)), null));

        assertThat(renamed.name()).isEqualTo(new TokenName("new"));
        assertThat(renamed.description()).isEqualTo(token.description());
        assertThat(renamed.revision()).isEqualTo(token.revision().next(now));
        assertThat(described.description()).isEqualTo(new FreeText(""));
        assertThat(described.name()).isEqualTo(new TokenName("new"));
        assertThat(scoped.scopes()).isEqualTo(Scopes.of(new Scope("inference")));
        assertThat(emptied.scopes()).isEqualTo(Scopes.NONE);
        assertThat(shortened.expiry()).isEqualTo(Expiry.at(now.plusSeconds(1)));
        assertThat(shortened.revision().version()).isEqualTo(6);
        assertThat(jeton.tokens.get(jeton.operator, token.id()).token()).isEqualTo(shortened);
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void anUpdateAppliesTheCurrentPolicyToSetFields() {
        Token expiring = update(new TokenChange(null, null, new ExpirationChoice.After(Lifetime.ofDays(30)), null));
        policy(new TokenPolicy(
                new NameRule(3, Set.of(), NameUniqueness.NOT_REQUIRED),
                new ExpiryRule(null, List.of(), Lifetime.ofDays(1), true, false),
                WorkloadRule.DEFAULT,
                Scopes.of(new Scope("inference")),
                Scopes.NONE,
                0));

        assertViolations(
                () -> update(new TokenChange(
                        new TokenName("long"), null, new ExpirationChoice.Never(), Scopes.of(new Scope("training")))),
                ErrorReason.NAME_TOO_LONG,
                ErrorReason.NEVER_NOT_ALLOWED,
                ErrorReason.SCOPE_NOT_ALLOWED);
        Token described = update(new TokenChange(null, new FreeText("short"), ExpirationChoice.unspecified(), null));

        assertThat(described.name()).isEqualTo(token.name());
        assertThat(described.expiry()).isEqualTo(expiring.expiry());
    }

    @Test
    void unchangedFieldsAreNotCheckedAgain() {
        Token scoped =
                update(new TokenChange(null, null, ExpirationChoice.unspecified(), Scopes.of(new Scope("training"))));
        policy(new TokenPolicy(
                new NameRule(3, Set.of(), NameUniqueness.PER_TENANT),
                new ExpiryRule(Lifetime.ofDays(1), List.of(), null, true, true),
                WorkloadRule.DEFAULT,
                Scopes.of(new Scope("inference")),
                Scopes.NONE,
                0));

        assertThat(update(new TokenChange(token.name(), null, new ExpirationChoice.Never(), scoped.scopes())))
                .isEqualTo(scoped);
    }

    @Test
    void aPolicyNeverAltersIssuedTokens() {
        policy(new TokenPolicy(
                new NameRule(3, Set.of(), NameUniqueness.PER_TENANT),
                new ExpiryRule(Lifetime.ofDays(1), List.of(), null, true, true),
                WorkloadRule.DEFAULT,
                Scopes.of(new Scope("inference")),
                Scopes.of(new Scope("inference")),
                1));

        assertThat(jeton.tokens.get(jeton.operator, token.id())).isEqualTo(issued.view());
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void rejectsATakenName() {
        policy(Policies.unique(NameUniqueness.PER_USER));
        jeton.token(owner, Tokens.draft("taken"));

        assertRefused(
                ErrorReason.TOKEN_NAME_TAKEN,
                () -> update(new TokenChange(new TokenName("taken"), null, ExpirationChoice.unspecified(), null)));
    }

    @Test
    void cancelAndReactivateAreIdempotent() {
        TokenView cancelled = cancel(LEAKED);
        assertThat(cancelled.status()).isEqualTo(TokenStatus.CANCELLED);
        assertThat(cancel(new FreeText("another reason"))).isEqualTo(cancelled);
        assertThat(cancelled.token().cancellation()).isNotNull();
        assertThat(cancelled.token().cancellation().reason()).isEqualTo(LEAKED);

        TokenView reactivated = jeton.tokens.reactivate(jeton.operator, token.id(), null);
        assertThat(reactivated.status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(reactivated.token().cancellation()).isNull();
        assertThat(jeton.tokens.reactivate(jeton.operator, token.id(), null)).isEqualTo(reactivated);
        assertThat(reactivated.token().revision().version()).isEqualTo(3);
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void reactivatingAnExpiredTokenLeavesItExpired() {
        update(new TokenChange(null, null, new ExpirationChoice.After(Lifetime.ofDays(1)), null));
        cancel(LEAKED);
        jeton.clock.advance(Duration.ofDays(1));
        assertThat(jeton.tokens.get(jeton.operator, token.id()).status()).isEqualTo(TokenStatus.CANCELLED);

        assertThat(jeton.tokens.reactivate(jeton.operator, token.id(), null).status())
                .isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void aStaleEtagFailsUnlessNothingWouldChange() {
        TokenId id = token.id();
        Etag stale = token.revision().etag();
        TokenView cancelled = jeton.tokens.cancel(jeton.operator, new CancelToken(id, LEAKED, stale));

        assertThat(jeton.tokens.cancel(jeton.operator, new CancelToken(id, new FreeText("again"), stale)))
                .isEqualTo(cancelled);
        assertThat(jeton.tokens.assign(jeton.operator, new AssignToken(id, Set.of(), stale)))
                .isEqualTo(cancelled);
        assertThat(jeton.tokens.update(
                        jeton.operator,
                        new UpdateToken(
                                id, new TokenChange(token.name(), null, ExpirationChoice.unspecified(), null), stale)))
                .isEqualTo(cancelled);
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.tokens.reactivate(jeton.operator, id, stale));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.tokens.assign(
                        jeton.operator,
                        new AssignToken(id, Set.of(jeton.model(tenant).id()), stale)));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.tokens.update(
                        jeton.operator,
                        new UpdateToken(
                                id,
                                new TokenChange(null, new FreeText("x"), ExpirationChoice.unspecified(), null),
                                stale)));
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.tokens.delete(jeton.operator, id, stale));

        TokenView active = jeton.tokens.reactivate(
                jeton.operator, id, cancelled.token().revision().etag());
        assertThat(jeton.tokens.reactivate(jeton.operator, id, stale)).isEqualTo(active);
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.tokens.cancel(jeton.operator, new CancelToken(id, LEAKED, stale)));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.tokens.update(
                        jeton.operator,
                        new UpdateToken(
                                id,
                                new TokenChange(null, null, new ExpirationChoice.After(Lifetime.ofDays(1)), null),
                                stale)));
        jeton.tokens.delete(jeton.operator, id, active.token().revision().etag());
    }

    @Test
    void useDoesNotChangeTheEtag() {
        jeton.verify(issued.secret());
        jeton.usage.flushTo(jeton.persistence.usageLog(), 1_000);

        Token used = jeton.tokens.get(jeton.operator, token.id()).token();

        assertThat(used.lastUsedTime()).isNotNull();
        assertThat(used.revision()).isEqualTo(token.revision());
    }

    @Test
    void deletionIsPermanentAndIdempotent() {
        jeton.tokens.delete(jeton.operator, token.id(), null);
        jeton.tokens.delete(jeton.operator, token.id(), null);
        jeton.tokens.delete(jeton.operator, token.id(), new Etag("stale"));

        assertUnknown(token.id());
        assertThat(jeton.verify(issued.secret())).isEqualTo(Verification.Unknown.NOT_FOUND);
    }

    @Test
    void anUnknownTokenIsNotFound() {
        assertUnknown(Tokens.anId());
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.delete(jeton.operator, Tokens.anId(), null));
    }

    private Token update(TokenChange change) {
        return jeton.tokens
                .update(jeton.operator, new UpdateToken(token.id(), change, null))
                .token();
    }

    private TokenView cancel(FreeText reason) {
        return jeton.tokens.cancel(jeton.operator, new CancelToken(token.id(), reason, null));
    }

    private void policy(TokenPolicy policy) {
        jeton.tenants.update(jeton.operator, new UpdateTenant(tenant.id(), null, PolicyChange.to(policy), null));
    }

    private void assertUnknown(TokenId id) {
        ExpirationChoice unspecified = ExpirationChoice.unspecified();
        TokenChange change = new TokenChange(null, new FreeText("x"), unspecified, null);
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.get(jeton.operator, id));
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND,
                () -> jeton.tokens.update(jeton.operator, new UpdateToken(id, change, null)));
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND,
                () -> jeton.tokens.assign(jeton.operator, new AssignToken(id, Set.of(), null)));
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND,
                () -> jeton.tokens.cancel(jeton.operator, new CancelToken(id, LEAKED, null)));
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.reactivate(jeton.operator, id, null));
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND,
                () -> jeton.tokens.renew(jeton.operator, new RenewToken(id, unspecified, null)));
    }
}
