package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static dev.jeton.application.fixture.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
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
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.token.WorkloadBinding;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenCreationTest {
    private static final Scope INFERENCE = new Scope("inference");
    private static final Scope TRAINING = new Scope("training");
    private static final Instant NOW = Instant.parse("2026-03-05T10:15:30.123456Z");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant(Policies.boundTo(2));
    private final User owner = jeton.member(tenant);

    @Test
    void issuesATokenWithItsSecret() {
        Workload first = jeton.model(tenant);
        Workload second = jeton.model(tenant);
        TokenDraft draft = new TokenDraft(
                new TokenName("prod"),
                new FreeText("for production"),
                new ExpirationChoice.After(Lifetime.ofDays(30)),
                Set.of(first.id(), second.id()),
                Scopes.of(TRAINING, INFERENCE));

        IssuedToken issued = jeton.token(owner, draft);

        Token token = issued.view().token();
        assertThat(issued.view().status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(token)
                .isEqualTo(new Token(
                        tenant.id(),
                        token.id(),
                        owner.id(),
                        WorkloadBinding.Bound.to(draft.workloadIds()),
                        draft.name(),
                        NameUniqueness.NOT_REQUIRED,
                        draft.description(),
                        draft.scopes(),
                        issued.secret().hint(),
                        Expiry.at(Instant.parse("2026-04-04T10:15:30.123456Z")),
                        null,
                        null,
                        new Revision(NOW, NOW, 1)));
        assertThat(jeton.tokens.get(jeton.operator, token.id())).isEqualTo(issued.view());
        assertThat(InMemoryJeton.presented(issued.secret()).tokenId()).isEqualTo(token.id());
        assertThat(InMemoryJeton.presented(issued.secret()).tenantId()).isEqualTo(tenant.id());
    }

    @Test
    void theSecretIsNotInTheToken() {
        IssuedToken issued = jeton.token(owner);

        assertThat(issued.toString())
                .doesNotContain(issued.secret().revealSecret().substring(4));
        assertThat(issued.view().toString())
                .doesNotContain(issued.secret().revealSecret().substring(60, 80));
    }

    @Test
    void aTokenStaysTenantWideIfThePolicyBindsNoTokens() {
        Tenant unbound = jeton.tenant();

        assertThat(jeton.token(jeton.member(unbound)).view().token().tenantWide())
                .isTrue();
        assertThat(jeton.token(owner).view().token().tenantWide()).isFalse();
    }

    @Test
    void theTenantDefaultsToTheOwnersThenTheCallers() {
        TokenDraft draft = Tokens.draft("prod");

        assertThat(create(new CreateToken(null, owner.id(), draft, null)).tenantId())
                .isEqualTo(tenant.id());
        assertThat(create(new CreateToken(tenant.id(), owner.id(), draft, null)).ownerId())
                .isEqualTo(owner.id());
        for (TenantId named : new TenantId[] {null, TenantId.SYSTEM}) {
            Token own = create(new CreateToken(named, null, draft, null));
            assertThat(own.tenantId()).isEqualTo(TenantId.SYSTEM);
            assertThat(own.ownerId()).isEqualTo(jeton.operator.userId());
        }
    }

    @Test
    void aTokenInAnotherTenantNeedsAnOwner() {
        assertViolations(
                () -> create(new CreateToken(tenant.id(), null, Tokens.draft("prod"), null)), ErrorReason.REQUIRED);
    }

    @Test
    void unknownIdsAreNotFound() {
        Tenant other = jeton.tenant(Policies.boundTo(2));
        TokenDraft draft = Tokens.draft("prod");

        assertRefused(ErrorReason.USER_NOT_FOUND, () -> create(new CreateToken(null, Users.anId(), draft, null)));
        assertRefused(
                ErrorReason.USER_NOT_FOUND, () -> create(new CreateToken(tenant.id(), Users.anId(), draft, null)));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> create(new CreateToken(other.id(), owner.id(), draft, null)));
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND, () -> create(new CreateToken(Tenants.anId(), owner.id(), draft, null)));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> create(new CreateToken(Tenants.anId(), null, draft, null)));
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> jeton.token(
                        owner, Tokens.draft("prod", jeton.model(tenant).id(), Workloads.anId())));
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> jeton.token(owner, Tokens.draft("prod", jeton.model(other).id())));
    }

    @Test
    void reportsAllPolicyViolations() {
        Tenant strict = jeton.tenant(new TokenPolicy(
                new NameRule(5, Set.of(CharacterClass.LOWERCASE), NameUniqueness.PER_TENANT),
                new ExpiryRule(null, List.of(), Lifetime.ofDays(30), true, false),
                new WorkloadRule(1, false, true),
                Scopes.of(INFERENCE),
                Scopes.NONE,
                0));
        TokenDraft draft = new TokenDraft(
                new TokenName("Too Long"),
                new FreeText(""),
                new ExpirationChoice.After(Lifetime.ofDays(31)),
                Set.of(),
                Scopes.of(TRAINING, Scope.VERIFY));

        assertViolations(
                () -> jeton.token(jeton.member(strict), draft),
                ErrorReason.NAME_TOO_LONG,
                ErrorReason.NAME_CHARACTER_NOT_ALLOWED,
                ErrorReason.EXPIRY_TOO_LATE,
                ErrorReason.WORKLOAD_REQUIRED,
                ErrorReason.SCOPE_NOT_ALLOWED);
    }

    @Test
    void reportsAMissingNameWithTheOtherViolations() {
        Tenant strict = jeton.tenant(new TokenPolicy(
                NameRule.DEFAULT,
                new ExpiryRule(null, List.of(), null, true, false),
                new WorkloadRule(1, false, true),
                Scopes.NONE,
                Scopes.NONE,
                0));
        TokenDraft nothing =
                new TokenDraft(null, new FreeText(""), ExpirationChoice.unspecified(), Set.of(), Scopes.NONE);

        assertViolations(
                () -> jeton.token(jeton.member(strict), nothing),
                ErrorReason.REQUIRED,
                ErrorReason.EXPIRY_REQUIRED,
                ErrorReason.WORKLOAD_REQUIRED);
    }

    @Test
    void rejectsMoreWorkloadsThanThePolicyAllows() {
        assertViolations(
                () -> jeton.token(
                        owner,
                        Tokens.draft(
                                "prod",
                                jeton.model(tenant).id(),
                                jeton.model(tenant).id(),
                                jeton.model(tenant).id())),
                ErrorReason.TOO_MANY_WORKLOADS);
        assertViolations(
                () -> jeton.token(jeton.member(jeton.tenant()), Tokens.draft("prod", Workloads.anId())),
                ErrorReason.TOO_MANY_WORKLOADS);
    }

    @Test
    void scopesDefaultToThePolicys() {
        User user =
                jeton.member(jeton.tenant(Policies.withScopes(Scopes.of(INFERENCE, TRAINING), Scopes.of(INFERENCE))));

        assertThat(scopesOf(user, Scopes.NONE)).isEqualTo(Scopes.of(INFERENCE));
        assertThat(scopesOf(user, Scopes.of(TRAINING))).isEqualTo(Scopes.of(TRAINING));
        assertThat(scopesOf(user, Scopes.of(Scope.VERIFY))).isEqualTo(Scopes.of(Scope.VERIFY));
        assertViolations(() -> scopesOf(user, Scopes.of(new Scope("other"))), ErrorReason.SCOPE_NOT_ALLOWED);
        assertThat(scopesOf(owner, Scopes.of(new Scope("anything")))).isEqualTo(Scopes.of(new Scope("anything")));
    }

    @Test
    void withoutAChoiceThePolicyDecidesTheExpiry() {
        User byDefault = jeton.member(
                jeton.tenant(Policies.with(new ExpiryRule(Lifetime.ofDays(1), List.of(), null, false, false))));
        User mustChoose = jeton.member(jeton.tenant(Policies.with(new ExpiryRule(null, List.of(), null, true, false))));

        assertThat(jeton.token(byDefault).view().token().expiry())
                .isEqualTo(Expiry.at(Instant.parse("2026-03-06T10:15:30.123456Z")));
        assertThat(jeton.token(owner).view().token().expiry()).isEqualTo(Expiry.NEVER);
        assertViolations(() -> jeton.token(mustChoose), ErrorReason.EXPIRY_REQUIRED);
    }

    @Test
    void deletionFreesAUniqueName() {
        User user = jeton.member(jeton.tenant(Policies.unique(NameUniqueness.PER_TENANT)));
        Token first = jeton.token(user, Tokens.draft("prod")).view().token();

        assertRefused(ErrorReason.TOKEN_NAME_TAKEN, () -> jeton.token(user, Tokens.draft("prod")));
        jeton.tokens.delete(jeton.operator, first.id(), null);
        Token second = jeton.token(user, Tokens.draft("prod")).view().token();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.get(jeton.operator, first.id()));
    }

    @Test
    void onlyNamesGivenUnderTheRuleMustBeUnique() {
        Token early = jeton.token(owner, Tokens.draft("prod")).view().token();
        jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.unique(NameUniqueness.PER_TENANT)), null));

        Token watched = jeton.token(owner, Tokens.draft("prod")).view().token();

        assertThat(early.nameUniqueness()).isEqualTo(NameUniqueness.NOT_REQUIRED);
        assertThat(watched.nameUniqueness()).isEqualTo(NameUniqueness.PER_TENANT);
        assertRefused(ErrorReason.TOKEN_NAME_TAKEN, () -> jeton.token(jeton.member(tenant), Tokens.draft("prod")));
    }

    @Test
    void namesAndQuotasAreExactUnderConcurrency() {
        User watched = jeton.member(jeton.tenant(Policies.unique(NameUniqueness.PER_USER)));
        User limited = jeton.member(jeton.tenant(Policies.withQuota(7)));

        assertThat(Outcomes.of(50, number -> jeton.token(watched, Tokens.draft("prod"))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.TOKEN_NAME_TAKEN.name(), 49L));
        assertThat(Outcomes.of(50, number -> jeton.token(limited, Tokens.draft("prod"))))
                .isEqualTo(Map.of(Outcomes.DONE, 7L, ErrorReason.TOKEN_QUOTA_EXCEEDED.name(), 43L));
    }

    @Test
    void theCurrentQuotaApplies() {
        User limited = jeton.member(jeton.tenant(Policies.withQuota(1)));
        jeton.token(limited);
        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> jeton.token(limited));

        jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(limited.tenantId(), null, PolicyChange.to(Policies.withQuota(2)), null));

        jeton.token(limited);
        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> jeton.token(limited));
    }

    private Token create(CreateToken command) {
        return jeton.tokens.create(jeton.operator, command).view().token();
    }

    private Scopes scopesOf(User user, Scopes asked) {
        return jeton.token(
                        user,
                        new TokenDraft(
                                new TokenName("prod"),
                                new FreeText(""),
                                ExpirationChoice.unspecified(),
                                Set.of(),
                                asked))
                .view()
                .token()
                .scopes();
    }
}
