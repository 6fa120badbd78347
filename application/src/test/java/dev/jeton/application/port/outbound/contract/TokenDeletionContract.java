package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.WorkloadBinding;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link TokenRepository}: deleting tokens and assignments. */
public abstract class TokenDeletionContract extends PersistenceContract {
    private static final TokenPolicy BOUND = Policies.boundTo(10);

    @Test
    void deletionLeavesATombstone() {
        User owner = storedOwner();
        Token token = stored(Tokens.of(owner));
        Token kept = stored(Tokens.of(owner));

        transact(repositories -> {
            assertThat(repositories.tokens().formerOwner(token.tenantId(), token.id()))
                    .isEmpty();
            repositories.tokens().delete(token.tenantId(), token.id(), LATER);
        });

        assertDeleted(token);
        assertKept(kept);
    }

    @Test
    void aTombstoneBelongsToItsTenantOnly() {
        Token token = stored(Tokens.of(storedOwner()));
        Tenant other = storedTenant();
        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER));

        transact(repositories -> assertThat(repositories.tokens().formerOwner(other.id(), token.id()))
                .isEmpty());
    }

    @Test
    void deletingAnUnknownTokenLeavesNoTombstone() {
        Tenant tenant = storedTenant();
        Token never = Tokens.of(Users.member(tenant.id()));

        transact(repositories -> repositories.tokens().delete(tenant.id(), never.id(), LATER));

        transact(repositories -> assertThat(repositories.tokens().formerOwner(tenant.id(), never.id()))
                .isEmpty());
    }

    @Test
    void aSecondDeletionDoesNotRenewTheTombstone() {
        Token token = stored(Tokens.of(storedOwner()));
        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER));

        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER.plusSeconds(60)));

        persistence().tombstones().removeBefore(LATER.plusSeconds(1));
        transact(repositories -> assertThat(repositories.tokens().formerOwner(token.tenantId(), token.id()))
                .isEmpty());
    }

    @Test
    void deletesOnlyTheTokensOfOneUser() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Token first = stored(Tokens.of(owner));
        Token second = stored(Tokens.issued(owner, BOUND, Tokens.draft("bound", workload.id())));
        Token colleagues = stored(Tokens.of(stored(Users.member(owner.tenantId()))));

        transact(repositories -> assertThat(repositories.tokens().deleteByOwner(owner.tenantId(), owner.id(), LATER))
                .containsExactly(first.id(), second.id()));

        assertDeleted(first);
        assertDeleted(second);
        assertKept(colleagues);
        transact(repositories -> repositories.users().delete(owner.tenantId(), owner.id()));
        assertDeleted(first);
    }

    @Test
    void deletingAllTokensOfAUserWithoutAnyDoesNothing() {
        User owner = storedOwner();

        transact(repositories -> {
            assertThat(repositories.tokens().deleteByOwner(owner.tenantId(), owner.id(), LATER))
                    .isEmpty();
            assertThat(repositories.tokens().deleteByOwner(owner.tenantId(), Users.anId(), LATER))
                    .isEmpty();
        });
    }

    @Test
    void unassignsAWorkloadFromEveryToken() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Workload other = stored(Workloads.model(owner.tenantId()));
        Token only = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));
        Token both = stored(Tokens.issued(owner, BOUND, Tokens.draft("both", workload.id(), other.id())));
        Token without = stored(Tokens.issued(owner, BOUND, Tokens.draft("without", other.id())));
        Token wide = stored(Tokens.of(owner));

        transact(repositories -> assertThat(repositories.tokens().unassignAll(owner.tenantId(), workload.id(), LATER))
                .containsExactly(only.id(), both.id()));

        assertKept(with(only, new TreeSet<>()));
        assertKept(with(both, new TreeSet<>(Set.of(other.id()))));
        assertKept(without);
        assertKept(wide);
        assertThat(read(Set.of(key(only)), Set.of()).tokens().get(key(only)))
                .satisfies(facts -> assertThat(facts.token().tenantWide()).isFalse())
                .satisfies(facts -> assertThat(facts.token().workloadIds()).isEmpty());
    }

    @Test
    void aWorkloadWithoutTokensCanBeDeleted() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));

        transact(repositories -> {
            repositories.tokens().unassignAll(owner.tenantId(), workload.id(), LATER);
            repositories.workloads().delete(owner.tenantId(), workload.id());
        });

        assertKept(with(token, new TreeSet<>()));
    }

    @Test
    void doesNotUnassignAnotherTenantsWorkload() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));
        Tenant other = storedTenant();

        transact(repositories -> {
            assertThat(repositories.tokens().unassignAll(other.id(), workload.id(), LATER))
                    .isEmpty();
            assertThat(repositories.tokens().unassignAll(owner.tenantId(), Workloads.anId(), LATER))
                    .isEmpty();
        });

        assertKept(token);
    }

    private User storedOwner() {
        return stored(Users.member(storedTenant().id()));
    }

    private void assertKept(Token token) {
        transact(repositories -> {
            assertThat(repositories.tokens().find(token.tenantId(), token.id())).contains(token);
            assertThat(repositories.tokens().formerOwner(token.tenantId(), token.id()))
                    .isEmpty();
        });
    }

    private void assertDeleted(Token token) {
        transact(repositories -> {
            assertThat(repositories.tokens().find(token.tenantId(), token.id())).isEmpty();
            assertThat(repositories.tokens().lock(token.tenantId(), token.id())).isEmpty();
            assertThat(repositories.tokens().formerOwner(token.tenantId(), token.id()))
                    .isPresent();
        });
        assertThat(read(Set.of(key(token)), Set.of()).tokens()).isEmpty();
    }

    /** Returns the next revision of a token, otherwise unchanged. */
    private static Token with(Token token, SortedSet<WorkloadId> workloads) {
        return new Token(
                token.tenantId(),
                token.id(),
                token.ownerId(),
                WorkloadBinding.Bound.to(workloads),
                token.name(),
                token.nameUniqueness(),
                token.description(),
                token.scopes(),
                token.secretHint(),
                token.expiry(),
                token.cancellation(),
                token.lastUsedTime(),
                new Revision(
                        token.revision().createTime(), LATER, token.revision().version() + 1));
    }
}
