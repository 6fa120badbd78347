package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenUpdateTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final ExpirationChoice KEEP = ExpirationChoice.unspecified();
    private static final ExpirationChoice IN_60_DAYS = new ExpirationChoice.After(Lifetime.ofDays(60));
    private static final Scope HUB = new Scope("model-hub");

    private final Token token = Tokens.of(Users.member(Tenants.anId()));

    @Test
    void changesTheNameAlone() {
        Token renamed = update(TokenPolicy.DEFAULT, new TokenName("other"), null, KEEP, null);
        assertThat(renamed)
                .isEqualTo(new Token(
                        token.tenantId(),
                        token.id(),
                        token.ownerId(),
                        token.binding(),
                        new TokenName("other"),
                        token.nameUniqueness(),
                        token.description(),
                        token.scopes(),
                        token.secretHint(),
                        token.expiry(),
                        token.cancellation(),
                        token.lastUsedTime(),
                        token.revision().next(NOW)));
    }

    @Test
    void changesEverythingAtOnceInOneRevision() {
        Token changed =
                update(TokenPolicy.DEFAULT, new TokenName("other"), new FreeText("new"), IN_60_DAYS, Scopes.of(HUB));
        assertThat(changed.name()).isEqualTo(new TokenName("other"));
        assertThat(changed.description()).isEqualTo(new FreeText("new"));
        assertThat(changed.expiry()).isEqualTo(Expiry.at(Instant.parse("2026-05-09T00:00:00Z")));
        assertThat(changed.scopes()).isEqualTo(Scopes.of(HUB));
        assertThat(changed.revision()).isEqualTo(token.revision().next(NOW));
    }

    @Test
    void keepsUnsetFieldsUnderAnyPolicy() {
        // A new token could have neither this name, nor no expiry, nor be tenant-wide.
        Token described = update(ProductPolicies.aceCloud(), null, new FreeText("new"), KEEP, null);
        assertThat(described.name()).isEqualTo(token.name());
        assertThat(described.nameUniqueness()).isEqualTo(NameUniqueness.NOT_REQUIRED);
        assertThat(described.expiry()).isEqualTo(Expiry.NEVER);
        assertThat(described.tenantWide()).isTrue();
    }

    @Test
    void reportsAllPolicyViolationsAtOnce() {
        TokenChange change = new TokenChange(
                new TokenName("\u00e9".repeat(51)),
                null,
                new ExpirationChoice.Never(),
                Scopes.of(HUB, new Scope("a"), new Scope("b")));
        assertThat(Refusal.of(() -> expiring().update(change, ProductPolicies.fptAiStudio(), NOW)))
                .containsExactly(
                        "name NAME_TOO_LONG",
                        "name NAME_CHARACTER_NOT_ALLOWED",
                        "never_expires LIFETIME_NOT_ALLOWED",
                        "scopes SCOPE_NOT_ALLOWED",
                        "scopes SCOPE_NOT_ALLOWED");
    }

    @Test
    void obeysAFixedExpiry() {
        TokenChange change = new TokenChange(null, null, IN_60_DAYS, null);
        assertThat(Refusal.of(() -> expiring().update(change, ProductPolicies.latticaAi(), NOW)))
                .containsExactly("lifetime EXPIRY_FIXED");
        assertThat(update(ProductPolicies.latticaAi(), new TokenName("other"), null, KEEP, null)
                        .expiry())
                .isEqualTo(Expiry.NEVER);
    }

    @Test
    void mayShortenAndLengthen() {
        ExpirationChoice soon = new ExpirationChoice.At(NOW.plusNanos(1_000));
        Token shortened = update(TokenPolicy.DEFAULT, null, null, soon, null);
        assertThat(shortened.expiry()).isEqualTo(Expiry.at(NOW.plusNanos(1_000)));
        Token endless = shortened.update(
                new TokenChange(null, null, new ExpirationChoice.Never(), null), TokenPolicy.DEFAULT, NOW);
        assertThat(endless.expiry()).isEqualTo(Expiry.NEVER);
    }

    @Test
    void countsTheMaximumFromNow() {
        TokenPolicy max60 = Policies.with(new ExpiryRule(null, List.of(), Lifetime.ofDays(60), false, false));
        assertThat(update(max60, null, null, IN_60_DAYS, null).expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-05-09T00:00:00Z")));
    }

    @Test
    void takesTheUniquenessInForceWhenRenamed() {
        Token renamed = update(Policies.unique(NameUniqueness.PER_TENANT), new TokenName("other"), null, KEEP, null);
        assertThat(renamed.nameUniqueness()).isEqualTo(NameUniqueness.PER_TENANT);
        Token again = renamed.update(
                new TokenChange(new TokenName("third"), null, KEEP, null),
                Policies.unique(NameUniqueness.NOT_REQUIRED),
                NOW);
        assertThat(again.nameUniqueness()).isEqualTo(NameUniqueness.NOT_REQUIRED);
    }

    @Test
    void grantsNothingWhenTheScopesAreEmptied() {
        TokenPolicy policy = Policies.withScopes(Scopes.of(HUB), Scopes.of(HUB));
        Token withScope = update(policy, null, null, KEEP, Scopes.of(HUB));
        Token emptied = withScope.update(new TokenChange(null, null, KEEP, Scopes.NONE), policy, NOW);
        assertThat(emptied.scopes()).isEqualTo(Scopes.NONE);
    }

    @Test
    void worksOnExpiredAndCancelledTokens() {
        Token shortened = update(TokenPolicy.DEFAULT, null, null, new ExpirationChoice.At(NOW.plusNanos(1_000)), null);
        Instant later = NOW.plusSeconds(1);
        assertThat(shortened.statusAt(later)).isEqualTo(TokenStatus.EXPIRED);
        assertThat(shortened
                        .update(new TokenChange(null, null, IN_60_DAYS, null), TokenPolicy.DEFAULT, later)
                        .statusAt(later))
                .isEqualTo(TokenStatus.ACTIVE);
        assertThat(Tokens.cancelled(token, "leaked", NOW)
                        .update(new TokenChange(new TokenName("other"), null, KEEP, null), TokenPolicy.DEFAULT, NOW)
                        .statusAt(NOW))
                .isEqualTo(TokenStatus.CANCELLED);
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanges() {
        assertThat(update(ProductPolicies.aceCloud(), null, null, KEEP, null)).isSameAs(token);
        assertThat(update(
                        TokenPolicy.DEFAULT,
                        token.name(),
                        token.description(),
                        new ExpirationChoice.Never(),
                        token.scopes()))
                .isSameAs(token);
    }

    /** Tomorrow. */
    private Token expiring() {
        return update(TokenPolicy.DEFAULT, null, null, new ExpirationChoice.At(NOW.plus(Duration.ofDays(1))), null);
    }

    private Token update(
            TokenPolicy policy,
            @Nullable TokenName name,
            @Nullable FreeText description,
            ExpirationChoice expiration,
            @Nullable Scopes scopes) {
        return token.update(new TokenChange(name, description, expiration, scopes), policy, NOW);
    }
}
