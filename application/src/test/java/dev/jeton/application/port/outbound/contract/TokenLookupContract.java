package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadState;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link TokenLookup}: the data it finds; {@link TokenLookupTimeContract} covers the instant. */
public abstract class TokenLookupContract extends PersistenceContract {

    @Test
    void returnsAllFactsOfATenantWideToken() {
        Tenant tenant = storedTenant();
        User owner = stored(Users.member(tenant.id()));
        Token token = Tokens.of(owner);
        SecretDigest digest = Tokens.digest(token);
        transact(repositories -> repositories.tokens().insert(token, digest));

        TokenFacts facts = facts(token);

        assertOnlySecret(facts, digest);
        assertThat(facts)
                .isEqualTo(new TokenFacts(
                        new VerifiedToken(
                                tenant.id(),
                                token.id(),
                                owner.id(),
                                Role.MEMBER,
                                true,
                                token.workloadIds(),
                                Scopes.NONE,
                                token.expiry()),
                        facts.secrets(),
                        TenantState.ACTIVE,
                        false,
                        UserState.ACTIVE,
                        false));
    }

    @Test
    void returnsAllFactsOfABoundToken() {
        TokenPolicy policy = Policies.with(new WorkloadRule(2, true, false));
        Tenant tenant = stored(Tenants.withPolicy(policy));
        User owner = stored(Users.admin(tenant.id()));
        Token token = Tokens.issued(
                owner,
                policy,
                new TokenDraft(
                        new TokenName("bound"),
                        new FreeText(""),
                        new ExpirationChoice.At(LATER.plusNanos(1_000)),
                        Set.of(storedModel(tenant).id(), storedModel(tenant).id()),
                        Scopes.of(new Scope("z"), Scope.MANAGE, new Scope("{'a',b}"))));
        SecretDigest digest = new SecretDigest("another-scheme", new byte[] {0, 1, -1, 127, -128});
        transact(repositories -> {
            repositories.tokens().insert(token, digest);
            repositories.tokens().update(Tokens.cancelled(token, "", LATER));
            repositories.users().update(owner.disable(LATER));
            repositories.tenants().update(tenant.suspend(LATER));
        });

        TokenFacts facts = facts(token);

        assertOnlySecret(facts, digest);
        assertThat(facts)
                .isEqualTo(new TokenFacts(
                        new VerifiedToken(
                                tenant.id(),
                                token.id(),
                                owner.id(),
                                Role.TENANT_ADMIN,
                                false,
                                token.workloadIds(),
                                token.scopes(),
                                token.expiry()),
                        facts.secrets(),
                        TenantState.SUSPENDED,
                        true,
                        UserState.DISABLED,
                        true));
    }

    @Test
    void seesEveryChange() {
        TokenPolicy policy = Policies.boundTo(2);
        Tenant tenant = stored(Tenants.withPolicy(policy));
        User owner = stored(Users.member(tenant.id()));
        Workload workload = storedModel(tenant);
        Token token = stored(Tokens.issued(owner, policy, Tokens.draft("bound")));
        assertThat(facts(token).token().workloadIds()).isEmpty();

        Token assigned = token.assign(Set.of(workload.id()), policy, LATER);
        transact(repositories -> repositories.tokens().update(assigned));
        assertThat(facts(token).token().workloadIds()).containsExactly(workload.id());

        transact(repositories -> {
            repositories.workloads().delete(tenant.id(), workload.id());
            repositories.tokens().unassign(tenant.id(), workload.id(), 2, LATER);
        });
        assertThat(facts(token).token().workloadIds()).isEmpty();

        transact(repositories -> repositories
                .tenants()
                .update(tenant.update(null, PolicyChange.to(Policies.with(new WorkloadRule(2, true, false))), LATER)));
        assertThat(facts(token).workloadRequired()).isTrue();

        transact(repositories -> repositories.users().update(owner.update(null, null, Role.TENANT_ADMIN, LATER)));
        assertThat(facts(token).token().ownerRole()).isEqualTo(Role.TENANT_ADMIN);

        transact(repositories -> repositories.tokens().delete(tenant.id(), token.id(), LATER));
        assertThat(read(Set.of(key(token)), Set.of()).tokens()).isEmpty();
    }

    @Test
    void anUpdateOfATokenKeepsItsDigest() {
        Token token = Tokens.of(stored(Users.member(storedTenant().id())));
        SecretDigest digest = Tokens.digest(token);
        transact(repositories -> repositories.tokens().insert(token, digest));

        transact(repositories -> repositories.tokens().update(Tokens.cancelled(token, "leaked", LATER)));

        assertOnlySecret(facts(token), digest);
    }

    @Test
    void returnsTheStateOfWorkloads() {
        Tenant tenant = storedTenant();
        Workload active = storedModel(tenant);
        Workload disabled = storedModel(tenant);
        Workload deleted = storedModel(tenant);
        transact(repositories -> {
            repositories.workloads().update(disabled.disable(LATER));
            repositories.workloads().delete(tenant.id(), deleted.id());
        });

        assertThat(read(Set.of(), Set.of(key(active), key(disabled), key(deleted)))
                        .workloads())
                .isEqualTo(Map.of(key(active), WorkloadState.ACTIVE, key(disabled), WorkloadState.DISABLED));
    }

    @Test
    void readsManyTenantsAtOnce() {
        Tenant first = storedTenant();
        Tenant second = storedTenant();
        Token firstToken = stored(Tokens.of(stored(Users.member(first.id()))));
        Token secondToken = stored(Tokens.of(stored(Users.member(second.id()))));
        Workload firstModel = storedModel(first);
        Workload secondModel = storedModel(second);

        Snapshot snapshot = read(Set.of(key(firstToken), key(secondToken)), Set.of(key(firstModel), key(secondModel)));

        assertThat(snapshot.tokens()).containsOnlyKeys(key(firstToken), key(secondToken));
        assertThat(snapshot.tokens().get(key(firstToken)).token().ownerId()).isEqualTo(firstToken.ownerId());
        assertThat(snapshot.tokens().get(key(secondToken)).token().ownerId()).isEqualTo(secondToken.ownerId());
        assertThat(snapshot.workloads()).containsOnlyKeys(key(firstModel), key(secondModel));
    }

    @Test
    void returnsOnlyRequestedKeys() {
        Tenant tenant = storedTenant();
        Token asked = stored(Tokens.of(stored(Users.member(tenant.id()))));
        stored(Tokens.of(stored(Users.member(tenant.id()))));
        Workload model = storedModel(tenant);
        storedModel(tenant);

        assertThat(read(Set.of(key(asked)), Set.of()))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).containsOnlyKeys(key(asked)))
                .satisfies(snapshot -> assertThat(snapshot.workloads()).isEmpty());
        assertThat(read(Set.of(), Set.of(key(model))))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).isEmpty())
                .satisfies(snapshot -> assertThat(snapshot.workloads()).containsOnlyKeys(key(model)));
        assertThat(read(Set.of(), Set.of()))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).isEmpty())
                .satisfies(snapshot -> assertThat(snapshot.workloads()).isEmpty());
    }

    @Test
    void omitsWhatDoesNotExist() {
        Tenant tenant = storedTenant();
        TenantId other = storedTenant().id();
        Token token = stored(Tokens.of(stored(Users.member(tenant.id()))));
        Workload model = storedModel(tenant);

        Snapshot snapshot = read(
                Set.of(
                        key(token),
                        new TokenKey(other, token.id()),
                        new TokenKey(tenant.id(), Tokens.anId()),
                        new TokenKey(Tenants.anId(), Tokens.anId())),
                Set.of(
                        key(model),
                        new WorkloadKey(other, model.id()),
                        new WorkloadKey(tenant.id(), Workloads.anId()),
                        new WorkloadKey(Tenants.anId(), Workloads.anId())));

        assertThat(snapshot.tokens()).containsOnlyKeys(key(token));
        assertThat(snapshot.workloads()).containsOnlyKeys(key(model));
    }

    @Test
    void doesNotSeeUncommittedChanges() {
        Tenant tenant = storedTenant();
        User owner = stored(Users.member(tenant.id()));
        Token before = stored(Tokens.of(owner));
        Token never = Tokens.of(owner);

        assertThatThrownBy(() -> transact(repositories -> {
                    repositories.tokens().insert(never, Tokens.digest(never));
                    repositories.tokens().update(Tokens.cancelled(before, "leaked", LATER));
                    assertUntouched(before, never);
                    throw new IllegalStateException("to roll back");
                }))
                .hasMessage("to roll back");

        assertUntouched(before, never);
    }

    private void assertUntouched(Token before, Token never) {
        Snapshot snapshot = read(Set.of(key(before), key(never)), Set.of());
        assertThat(snapshot.tokens()).containsOnlyKeys(key(before));
        assertThat(snapshot.tokens().get(key(before)).cancelled()).isFalse();
    }

    /** A token has one secret, which ends with it. */
    private static void assertOnlySecret(TokenFacts facts, SecretDigest digest) {
        assertThat(facts.secrets()).singleElement().satisfies(secret -> {
            assertThat(secret.id()).isEqualTo(SecretId.ofFirst(facts.token().tokenId()));
            assertThat(secret.digest().sameAs(digest)).isTrue();
            assertThat(secret.notAfter()).isEqualTo(Expiry.NEVER);
        });
    }

    private TokenFacts facts(Token token) {
        return read(Set.of(key(token)), Set.of()).tokens().get(key(token));
    }

    private Workload storedModel(Tenant tenant) {
        return stored(Workloads.model(tenant.id()));
    }
}
