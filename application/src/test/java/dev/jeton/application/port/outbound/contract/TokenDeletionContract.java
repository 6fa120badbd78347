package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.SweepRepository.Kind;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.TokenRepository.Unassigned;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.error.ErrorReason;
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
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link TokenRepository}: deleting tokens and assignments. */
public abstract class TokenDeletionContract extends PersistenceContract {
    private static final TokenPolicy BOUND = Policies.boundTo(10);
    private static final TokenFilter UNASSIGNED = new TokenFilter(null, null, true, null, "", null);

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
    void hidesTheTokensOfADeletedUserAndNoOthers() {
        User owner = storedOwner();
        Token token = stored(Tokens.of(owner));
        Token colleagues = stored(Tokens.of(stored(Users.member(owner.tenantId()))));

        transact(repositories -> repositories.users().delete(owner.tenantId(), owner.id()));

        assertDeleted(token);
        assertKept(colleagues);
        transact(repositories -> assertThat(repositories.tokens().formerOwner(EVERY_TENANT, token.id()))
                .contains(owner.id()));
    }

    @Test
    void deletesTheTokensOfADeletedUserInSlices() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Token first = stored(Tokens.of(owner));
        Token second = stored(Tokens.issued(owner, BOUND, Tokens.draft("bound", workload.id())));
        Token third = stored(Tokens.of(owner));
        Token colleagues = stored(Tokens.of(stored(Users.member(owner.tenantId()))));
        transact(repositories -> repositories.users().delete(owner.tenantId(), owner.id()));

        assertThat(deletedByOwner(owner, 2)).containsExactly(third, second);
        assertThat(deletedByOwner(owner, 2)).containsExactly(first);
        assertThat(deletedByOwner(owner, 2)).isEmpty();

        assertDeleted(first);
        assertDeleted(second);
        assertDeleted(third);
        assertKept(colleagues);
    }

    @Test
    void deletesNoTokensOfAUserWhoExists() {
        Token token = stored(Tokens.of(storedOwner()));

        transact(repositories -> {
            assertThat(repositories.tokens().deleteByOwner(token.tenantId(), token.ownerId(), 1, LATER))
                    .isEmpty();
            assertThat(repositories.tokens().deleteByOwner(token.tenantId(), Users.anId(), 1, LATER))
                    .isEmpty();
        });

        assertKept(token);
    }

    @Test
    void noTokenHasADeletedWorkload() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Workload other = stored(Workloads.model(owner.tenantId()));
        Token only = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));
        Token both = stored(Tokens.issued(owner, BOUND, Tokens.draft("both", workload.id(), other.id())));
        Token without = stored(Tokens.issued(owner, BOUND, Tokens.draft("without", other.id())));
        Token wide = stored(Tokens.of(owner));

        transact(repositories -> delete(repositories, workload));

        assertUnassigned(workload, only, both, without, wide);
        transact(repositories -> {
            assertThat(repositories.tokens().unassign(owner.tenantId(), workload.id(), 1, LATER))
                    .containsExactly(new Unassigned(both.id(), new TreeSet<>(Set.of(other.id()))));
            assertThat(repositories.tokens().unassign(owner.tenantId(), workload.id(), 2, LATER))
                    .containsExactly(new Unassigned(only.id(), new TreeSet<>()));
            assertThat(repositories.tokens().unassign(owner.tenantId(), workload.id(), 2, LATER))
                    .isEmpty();
        });
        assertUnassigned(workload, only, both, without, wide);
    }

    private void assertUnassigned(Workload workload, Token only, Token both, Token without, Token wide) {
        SortedSet<WorkloadId> left = new TreeSet<>(both.workloadIds());
        left.remove(workload.id());
        assertKept(with(only, new TreeSet<>()));
        assertKept(with(both, left));
        assertKept(without);
        assertKept(wide);
        transact(repositories -> assertThat(repositories
                        .tokens()
                        .page(only.tenantId(), UNASSIGNED, LATER, PageRequest.first(10))
                        .items())
                .containsExactly(with(only, new TreeSet<>())));
        assertThat(read(Set.of(key(only)), Set.of()).tokens().get(key(only)))
                .satisfies(facts -> assertThat(facts.token().tenantWide()).isFalse())
                .satisfies(facts -> assertThat(facts.token().workloadIds()).isEmpty());
    }

    @Test
    void aTokenChangesAfterOneOfItsWorkloadsIsDeleted() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Workload other = stored(Workloads.model(owner.tenantId()));
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));
        transact(repositories -> delete(repositories, workload));
        Token stale = token.assign(Set.of(other.id()), BOUND, LATER);
        Token again = with(token, new TreeSet<>()).assign(Set.of(workload.id()), BOUND, LATER);
        Token changed = with(token, new TreeSet<>()).assign(Set.of(other.id()), BOUND, LATER);

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> repositories.tokens().update(stale)));
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> transact(repositories -> repositories.tokens().update(again)));
        transact(repositories -> repositories.tokens().update(changed));
        assertKept(changed);

        transact(repositories -> assertThat(repositories.tokens().unassign(owner.tenantId(), workload.id(), 2, LATER))
                .containsExactly(new Unassigned(token.id(), new TreeSet<>(Set.of(other.id())))));
        assertKept(changed);
    }

    @Test
    void unassignsNoWorkloadThatExists() {
        User owner = storedOwner();
        Workload workload = stored(Workloads.model(owner.tenantId()));
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("only", workload.id())));
        Tenant other = storedTenant();

        transact(repositories -> {
            assertThat(repositories.tokens().unassign(owner.tenantId(), workload.id(), 1, LATER))
                    .isEmpty();
            assertThat(repositories.tokens().unassign(other.id(), workload.id(), 1, LATER))
                    .isEmpty();
            assertThat(repositories.tokens().unassign(owner.tenantId(), Workloads.anId(), 1, LATER))
                    .isEmpty();
        });

        assertKept(token);
    }

    /** Leaves all assignments to be swept. */
    private static void delete(Repositories repositories, Workload workload) {
        repositories.workloads().delete(workload.tenantId(), workload.id());
        repositories
                .sweeps()
                .insert(new Sweep(
                        workload.tenantId(),
                        Kind.WORKLOAD,
                        workload.id().value(),
                        new Origin(
                                "Test",
                                null,
                                null,
                                null,
                                new CallId(Tokens.anId().value())),
                        LATER));
    }

    private List<Token> deletedByOwner(User owner, int limit) {
        return inTransaction(
                repositories -> repositories.tokens().deleteByOwner(owner.tenantId(), owner.id(), limit, LATER));
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
