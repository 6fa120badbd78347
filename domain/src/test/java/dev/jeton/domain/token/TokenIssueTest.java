package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenIssueTest {
    private static final Instant NOW = Instant.parse("2026-03-05T10:15:30.123456789Z");
    private static final Scope HUB = new Scope("model-hub");
    private static final Scope TUNING = new Scope("model-fine-tuning");

    private final User owner = Users.member(Tenants.anId());
    private final TokenId id = Tokens.anId();
    private final SecretHint hint = Tokens.secret(owner.tenantId(), id).hint();

    @Test
    void equalsTheDraftUnderTheEmptyPolicy() {
        assertThat(issue(TokenPolicy.DEFAULT, Tokens.draft("QA-Test-Token")))
                .isEqualTo(new Token(
                        owner.tenantId(),
                        id,
                        owner.id(),
                        new WorkloadBinding.TenantWide(),
                        new TokenName("QA-Test-Token"),
                        NameUniqueness.NOT_REQUIRED,
                        new FreeText("for the nightly tests"),
                        Scopes.NONE,
                        hint,
                        Expiry.NEVER,
                        null,
                        null,
                        new Revision(
                                Instant.parse("2026-03-05T10:15:30.123456Z"),
                                Instant.parse("2026-03-05T10:15:30.123456Z"),
                                1)));
    }

    @Test
    void reportsAllPolicyViolationsAtOnce() {
        TokenPolicy ace = ProductPolicies.aceCloud();
        TokenPolicy strict =
                new TokenPolicy(ace.nameRule(), ace.expiryRule(), ace.workloadRule(), Scopes.of(HUB), Scopes.NONE, 0);
        TokenDraft draft = draft(
                "QA_" + "x".repeat(98), new ExpirationChoice.At(NOW), Set.of(), Scopes.of(HUB, new Scope("other")));
        assertThat(Refusal.of(() -> issue(strict, draft)))
                .containsExactly(
                        "name NAME_TOO_LONG",
                        "name NAME_CHARACTER_NOT_ALLOWED",
                        "expire_time EXPIRY_NOT_IN_FUTURE",
                        "workload_ids WORKLOAD_REQUIRED",
                        "scopes SCOPE_NOT_ALLOWED");
    }

    @Test
    void needsNoWorkloadIfAllItsScopesAreReserved() {
        assertThat(issue(ProductPolicies.aceCloud(), withScopes(Scopes.of(Scope.MANAGE, Scope.VERIFY)))
                        .workloadIds())
                .isEmpty();
        assertThat(Refusal.of(() -> issue(ProductPolicies.aceCloud(), withScopes(Scopes.of(Scope.MANAGE, HUB)))))
                .containsExactly("workload_ids WORKLOAD_REQUIRED");
    }

    @ParameterizedTest
    @EnumSource
    void remembersWhetherItsNameHadToBeUnique(NameUniqueness uniqueness) {
        assertThat(issue(Policies.unique(uniqueness), Tokens.draft("a")).nameUniqueness())
                .isEqualTo(uniqueness);
    }

    @Test
    void grantsTheDefaultScopesWhenNoneIsNamed() {
        TokenPolicy policy = Policies.withScopes(Scopes.of(HUB, TUNING), Scopes.of(TUNING));
        assertThat(issue(policy, withScopes(Scopes.NONE)).scopes()).isEqualTo(Scopes.of(TUNING));
        assertThat(issue(policy, withScopes(Scopes.of(HUB))).scopes()).isEqualTo(Scopes.of(HUB));
        // A reserved scope also counts as a choice.
        assertThat(issue(policy, withScopes(Scopes.of(Scope.VERIFY))).scopes()).isEqualTo(Scopes.of(Scope.VERIFY));
    }

    @Test
    void grantsNothingWhenNoneIsNamedAndThereIsNoDefault() {
        Token token = issue(Policies.withScopes(Scopes.of(HUB), Scopes.NONE), withScopes(Scopes.NONE));
        assertThat(token.scopes()).isEqualTo(Scopes.NONE);
        assertThat(token.scopes().contains(HUB)).isFalse();
    }

    @Test
    void isTenantWideOnlyIfThePolicyBindsNoTokens() {
        assertThat(issue(TokenPolicy.DEFAULT, Tokens.draft("a")).tenantWide()).isTrue();
        Token unassigned = issue(ProductPolicies.latticaAi(), Tokens.draft("a"));
        assertThat(unassigned.tenantWide()).isFalse();
        assertThat(unassigned.workloadIds()).isEmpty();
    }

    @Test
    void isBoundToItsWorkloadsInOrder() {
        WorkloadId first = Workloads.anId();
        WorkloadId second = Workloads.anId();
        assertThat(issue(ProductPolicies.aceCloud(), Tokens.draft("a", second, first))
                        .workloadIds())
                .containsExactly(first, second);
    }

    @Test
    void rejectsMoreWorkloadsThanThePolicyAllows() {
        List<String> tooMany = List.of("workload_ids TOO_MANY_WORKLOADS");
        assertThat(Refusal.of(() -> issue(TokenPolicy.DEFAULT, Tokens.draft("a", Workloads.anId()))))
                .isEqualTo(tooMany);
        assertThat(Refusal.of(() ->
                        issue(ProductPolicies.latticaAi(), Tokens.draft("a", Workloads.anId(), Workloads.anId()))))
                .isEqualTo(tooMany);
    }

    @Test
    void expiresAsChosen() {
        ExpirationChoice tomorrow = new ExpirationChoice.EndOfDay(LocalDate.parse("2026-03-06"));
        assertThat(issue(ProductPolicies.duploCloud(), draft("QA-Test-Token", tomorrow, Set.of(), Scopes.NONE))
                        .expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-03-07T00:00:00Z")));
        ExpirationChoice month = new ExpirationChoice.After(Lifetime.ofDays(30));
        assertThat(issue(ProductPolicies.fptAiStudio(), draft("a b", month, Set.of(), Scopes.NONE))
                        .expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-04-04T10:15:30.123456Z")));
    }

    @Test
    void copiesTheSetsOfItsDraft() {
        WorkloadId workload = Workloads.anId();
        Set<WorkloadId> source = new HashSet<>(Set.of(workload));
        TokenDraft draft = draft("a", ExpirationChoice.unspecified(), source, Scopes.NONE);
        source.clear();
        Token token = issue(ProductPolicies.latticaAi(), draft);
        assertThat(token.workloadIds()).containsExactly(workload);
        assertThatThrownBy(() -> token.workloadIds().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private Token issue(TokenPolicy policy, TokenDraft draft) {
        return Token.issue(owner.tenantId(), id, owner.id(), draft, hint, policy, NOW);
    }

    private static TokenDraft withScopes(Scopes scopes) {
        return draft("a", ExpirationChoice.unspecified(), Set.of(), scopes);
    }

    private static TokenDraft draft(
            String name, ExpirationChoice expiration, Set<WorkloadId> workloadIds, Scopes scopes) {
        return new TokenDraft(new TokenName(name), new FreeText(""), expiration, workloadIds, scopes);
    }
}
