package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy is asked about what a token gains: never about a value that it has already, and never about less. */
class LessAccessTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant EXPIRY = Instant.parse("2026-06-01T00:00:00Z");
    private static final ExpirationChoice KEEP = ExpirationChoice.unspecified();
    private static final Scope A = new Scope("a");
    private static final Scope B = new Scope("b");
    private static final Scope C = new Scope("c");
    private static final Scope D = new Scope("d");

    /** Allows none of what the token has. */
    private static final TokenPolicy TIGHT = new TokenPolicy(
            new NameRule(3, Set.of(CharacterClass.DIGIT), NameUniqueness.PER_TENANT),
            new ExpiryRule(null, List.of(), Lifetime.ofDays(1), true, false),
            new WorkloadRule(1, true, true),
            Scopes.of(A),
            Scopes.NONE,
            1);

    private final WorkloadId one = Workloads.anId();
    private final WorkloadId two = Workloads.anId();
    private final WorkloadId three = Workloads.anId();
    private final WorkloadId four = Workloads.anId();
    private final User owner = Users.member(Tenants.anId());
    private final Token token = Tokens.issued(
            owner,
            Policies.boundTo(3),
            new TokenDraft(
                    new TokenName("QA-Test-Token"),
                    new FreeText(""),
                    new ExpirationChoice.At(EXPIRY),
                    Set.of(one, two, three),
                    Scopes.of(A, B, C)));

    static Stream<TokenPolicy> tightPolicies() {
        return Stream.concat(
                Stream.of(
                        TIGHT, ProductPolicies.fptAiStudio(), ProductPolicies.latticaAi(), ProductPolicies.aceCloud()),
                tightExpiries().map(Policies::with));
    }

    static Stream<ExpiryRule> tightExpiries() {
        return Stream.of(
                new ExpiryRule(Lifetime.ofDays(30), List.of(), null, false, true),
                new ExpiryRule(null, List.of(Lifetime.ofDays(30)), null, false, false),
                new ExpiryRule(null, List.of(), Lifetime.ofDays(1), true, false));
    }

    @ParameterizedTest
    @MethodSource("tightPolicies")
    void everyFieldSentAsItIsChangesNothing(TokenPolicy policy) {
        TokenChange echo =
                new TokenChange(token.name(), token.description(), new ExpirationChoice.At(EXPIRY), token.scopes());
        assertThat(token.update(echo, policy, NOW)).isSameAs(token);
        assertThat(token.assign(token.workloadIds(), policy, NOW)).isSameAs(token);
    }

    static Stream<Arguments> echoes() {
        return tightExpiries()
                .flatMap(rule -> Stream.of(
                        Arguments.of(rule, EXPIRY, new ExpirationChoice.At(EXPIRY)),
                        Arguments.of(rule, EXPIRY, new ExpirationChoice.At(EXPIRY.plusNanos(999))),
                        Arguments.of(rule, EXPIRY, new ExpirationChoice.EndOfDay(LocalDate.parse("2026-05-31"))),
                        Arguments.of(rule, EXPIRY, new ExpirationChoice.After(Lifetime.ofDays(83))),
                        Arguments.of(rule, null, new ExpirationChoice.Never())));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void anExpiryIsTheSameInEveryForm(ExpiryRule rule, @Nullable Instant expiry, ExpirationChoice echo) {
        Token expiring = expiring(expiry);
        assertThat(expiring.update(change(echo), Policies.with(rule), NOW)).isSameAs(expiring);
    }

    @ParameterizedTest
    @MethodSource("tightExpiries")
    void anExpiredTokenIsRenamedWithItsExpiryEchoed(ExpiryRule rule) {
        Instant later = EXPIRY.plusSeconds(86_400);
        for (ExpirationChoice echo : List.of(
                new ExpirationChoice.At(EXPIRY), new ExpirationChoice.EndOfDay(LocalDate.parse("2026-05-31")))) {
            Token renamed =
                    token.update(new TokenChange(new TokenName("other"), null, echo, null), Policies.with(rule), later);
            assertThat(renamed.name()).isEqualTo(new TokenName("other"));
            assertThat(renamed.expiry()).isEqualTo(token.expiry());
        }
    }

    @ParameterizedTest
    @MethodSource("tightExpiries")
    void anExpiryIsShortenedUnderAnyPolicy(ExpiryRule rule) {
        Instant sooner = NOW.plus(Duration.ofDays(40));
        for (ExpirationChoice choice : List.of(
                new ExpirationChoice.At(sooner),
                new ExpirationChoice.EndOfDay(LocalDate.parse("2026-04-18")),
                new ExpirationChoice.After(Lifetime.ofDays(40)))) {
            assertThat(token.update(change(choice), Policies.with(rule), NOW).expiry())
                    .isEqualTo(Expiry.at(sooner));
            assertThat(expiring(null)
                            .update(change(choice), Policies.with(rule), NOW)
                            .expiry())
                    .isEqualTo(Expiry.at(sooner));
        }
    }

    @Test
    void anExpiryIsNotMovedIntoThePast() {
        assertThat(Refusal.of(() -> token.update(change(new ExpirationChoice.At(NOW)), TIGHT, NOW)))
                .containsExactly("expire_time EXPIRY_NOT_IN_FUTURE");
        ExpirationChoice today = new ExpirationChoice.EndOfDay(LocalDate.parse("2026-03-10"));
        assertThat(Refusal.of(() -> token.update(change(today), TIGHT, NOW)))
                .containsExactly("expire_date EXPIRY_NOT_IN_FUTURE");
    }

    @ParameterizedTest
    @MethodSource("tightExpiries")
    void anExpiryIsNotExtendedBeyondThePolicy(ExpiryRule rule) {
        ExpirationChoice longer = new ExpirationChoice.At(EXPIRY.plusNanos(1_000));
        assertThat(Refusal.of(() -> token.update(change(longer), Policies.with(rule), NOW)))
                .hasSize(1);
        assertThat(Refusal.of(() -> token.update(change(new ExpirationChoice.Never()), Policies.with(rule), NOW)))
                .hasSize(1);
    }

    @Test
    void workloadsAreRemovedUnderAnyPolicy() {
        for (TokenPolicy policy : List.of(TIGHT, TokenPolicy.DEFAULT, ProductPolicies.aceCloud())) {
            assertThat(token.assign(Set.of(one, three), policy, NOW).workloadIds())
                    .containsExactly(one, three);
            assertThat(token.assign(Set.of(), policy, NOW).workloadIds()).isEmpty();
        }
    }

    @Test
    void aNewWorkloadNeedsRoomForAll() {
        List<String> tooMany = List.of("workload_ids TOO_MANY_WORKLOADS");
        assertThat(Refusal.of(() -> token.assign(Set.of(one, four), TIGHT, NOW)))
                .isEqualTo(tooMany);
        assertThat(token.assign(Set.of(four), TIGHT, NOW).workloadIds()).containsExactly(four);
    }

    @Test
    void scopesAreNarrowedUnderAnyPolicy() {
        assertThat(token.update(scopes(A, B), TIGHT, NOW).scopes()).isEqualTo(Scopes.of(A, B));
        assertThat(token.update(scopes(B), TIGHT, NOW).scopes()).isEqualTo(Scopes.of(B));
        assertThat(token.update(scopes(), TIGHT, NOW).scopes()).isEqualTo(Scopes.NONE);
    }

    @Test
    void onlyTheAddedScopesAreJudged() {
        assertThat(Refusal.of(() -> token.update(scopes(B, C, D), TIGHT, NOW)))
                .containsExactly("scopes SCOPE_NOT_ALLOWED");
        Token withoutA = token.update(scopes(B, C), TIGHT, NOW);
        assertThat(withoutA.update(scopes(A, B), TIGHT, NOW).scopes()).isEqualTo(Scopes.of(A, B));
    }

    private Token expiring(@Nullable Instant expiry) {
        return new TokenBuilder(token).expiry(new Expiry(expiry)).revised(NOW);
    }

    private static TokenChange change(ExpirationChoice choice) {
        return new TokenChange(null, null, choice, null);
    }

    private static TokenChange scopes(Scope... scopes) {
        return new TokenChange(null, null, KEEP, Scopes.of(scopes));
    }
}
