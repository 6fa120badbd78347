package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.SecretHint;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.WorkloadBinding;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of {@link TokenRepository} for single tokens; {@link TokenNamesContract}, {@link TokenDeletionContract} and
 * {@link TokenPageContract} cover the rest.
 */
public abstract class TokenRepositoryContract extends PersistenceContract {
    private static final TokenPolicy BOUND = Policies.boundTo(10);

    @ParameterizedTest
    @EnumSource(NameUniqueness.class)
    void keepsATenantWideTokenExactly(NameUniqueness uniqueness) {
        User owner = storedOwner();
        Token token = stored(Tokens.issued(
                owner,
                Policies.unique(uniqueness),
                new TokenDraft(
                        new TokenName("Ünïcode'; -- 🚀 \\ %"),
                        new FreeText(""),
                        new ExpirationChoice.Never(),
                        Set.of(),
                        Scopes.NONE)));

        assertStored(token);
    }

    @Test
    void keepsABoundTokenExactly() {
        User owner = storedOwner();
        TreeSet<WorkloadId> workloads = new TreeSet<>(List.of(
                storedWorkload(owner).id(),
                storedWorkload(owner).id(),
                storedWorkload(owner).id()));
        Token token = stored(Tokens.issued(
                owner,
                BOUND,
                new TokenDraft(
                        new TokenName("bound"),
                        new FreeText("two\nlines\tand a tab "),
                        new ExpirationChoice.At(Instant.parse("9999-12-31T23:59:59.999999Z")),
                        workloads,
                        Scopes.of(new Scope("models:read"), Scope.VERIFY, new Scope("{'a',b}")))));

        assertStored(token);
        assertThat(token.workloadIds()).containsExactlyElementsOf(workloads);
    }

    @Test
    void keepsEveryChangeExactly() {
        User owner = storedOwner();
        Workload first = storedWorkload(owner);
        Workload second = storedWorkload(owner);
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("before", first.id())));

        token = updated(token.update(
                new TokenChange(
                        new TokenName("after"),
                        new FreeText("another one"),
                        new ExpirationChoice.At(LATER.plusNanos(1_000)),
                        Scopes.of(new Scope("inference"))),
                Policies.unique(NameUniqueness.PER_USER),
                LATER));
        token = updated(token.assign(Set.of(first.id(), second.id()), BOUND, LATER.plusNanos(1_000)));
        token = updated(token.assign(Set.of(second.id()), BOUND, LATER));
        token = updated(token.assign(Set.of(), BOUND, LATER));
        token = updated(Tokens.cancelled(token, "", LATER));
        token = updated(token.reactivate(Role.MEMBER, LATER));
        token = updated(Tokens.cancelled(token, "leaked", LATER));
        token = updated(token.update(
                new TokenChange(null, new FreeText(""), new ExpirationChoice.Never(), Scopes.NONE),
                TokenPolicy.DEFAULT,
                LATER));

        assertThat(token.revision().version()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void storesEveryPartOfACancellation(Role role) {
        Token token = stored(Tokens.of(storedOwner()));
        Token cancelled = token.cancel(new FreeText("leaked"), Users.anId(), role, LATER);
        assertThat(updated(cancelled).cancellation())
                .isEqualTo(new Cancellation(
                        LATER, cancelled.cancellation().userId(), role, new FreeText("leaked"), false));
    }

    @Test
    void storesACancellationThatNoUserMade() {
        Token token = stored(Tokens.of(storedOwner()));
        Cancellation cancellation = new Cancellation(null, null, null, new FreeText(""), true);
        updated(new Token(
                token.tenantId(),
                token.id(),
                token.ownerId(),
                token.binding(),
                token.name(),
                token.nameUniqueness(),
                token.description(),
                token.scopes(),
                token.secretHint(),
                token.expiry(),
                cancellation,
                token.lastUsedTime(),
                token.revision().next(LATER)));
    }

    @Test
    void ignoresImmutableFields() {
        User owner = storedOwner();
        User thief = stored(Users.member(owner.tenantId()));
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("mine")));
        Token forged = new Token(
                token.tenantId(),
                token.id(),
                thief.id(),
                new WorkloadBinding.TenantWide(),
                token.name(),
                token.nameUniqueness(),
                new FreeText("forged"),
                token.scopes(),
                new SecretHint("jtn_…XXXX"),
                token.expiry(),
                null,
                null,
                new Revision(LATER, LATER, 2));
        Token expected = token.update(
                new TokenChange(null, new FreeText("forged"), ExpirationChoice.unspecified(), null), BOUND, LATER);

        transact(repositories -> repositories.tokens().update(forged));

        assertStored(expected);
    }

    @Test
    void rejectsAnUnknownOwner() {
        User gone = storedOwner();
        transact(repositories -> repositories.users().delete(gone.tenantId(), gone.id()));
        TenantId tenant = storedOwner().tenantId();
        User foreigner = stored(Users.member(storedOwner().tenantId()));

        assertRefused(ErrorReason.USER_NOT_FOUND, () -> stored(Tokens.of(gone)));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> stored(Tokens.of(Users.member(tenant))));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> stored(ownedBy(foreigner, tenant)));
    }

    @Test
    void rejectsAnUnknownWorkload() {
        User owner = storedOwner();
        Workload present = storedWorkload(owner);
        Workload gone = storedWorkload(owner);
        transact(repositories -> repositories.workloads().delete(gone.tenantId(), gone.id()));
        Workload foreign = storedWorkload(storedOwner());
        Token unassigned = stored(Tokens.issued(owner, BOUND, Tokens.draft("unassigned")));

        for (WorkloadId missing : List.of(gone.id(), foreign.id(), Workloads.anId())) {
            Token created = Tokens.issued(owner, BOUND, Tokens.draft("created", present.id(), missing));
            assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> stored(created));
            assertRefused(
                    ErrorReason.WORKLOAD_NOT_FOUND,
                    () -> updated(unassigned.assign(Set.of(missing, present.id()), BOUND, LATER)));
            transact(repositories -> assertThat(repositories.tokens().find(created.tenantId(), created.id()))
                    .isEmpty());
        }
        assertStored(unassigned);
    }

    @Test
    void doesNotFindAnotherTenantsToken() {
        Token token = stored(Tokens.of(storedOwner()));
        User stranger = storedOwner();
        TenantId other = stranger.tenantId();

        transact(repositories -> {
            TokenRepository tokens = repositories.tokens();
            assertThat(tokens.find(other, token.id())).isEmpty();
            assertThat(tokens.lock(other, token.id())).isEmpty();
            tokens.delete(other, token.id(), LATER);
            assertThat(tokens.deleteByOwner(other, token.ownerId(), 1, LATER)).isEmpty();
            assertThat(tokens.formerOwner(other, token.id())).isEmpty();
        });
        Token moved = ownedBy(stranger, other, token);
        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> repositories.tokens().update(Tokens.cancelled(moved, "stolen", LATER))));

        assertStored(token);
    }

    @Test
    void doesNotFindWhatDoesNotExist() {
        TenantId tenant = storedTenant().id();

        transact(repositories -> {
            assertThat(repositories.tokens().find(tenant, Tokens.anId())).isEmpty();
            assertThat(repositories.tokens().lock(tenant, Tokens.anId())).isEmpty();
            assertThat(repositories.tokens().formerOwner(tenant, Tokens.anId())).isEmpty();
        });
    }

    @Test
    void aSecondLockWaitsAndSeesTheFirstOnesChanges() {
        User owner = storedOwner();
        Workload workload = storedWorkload(owner);
        Token token = stored(Tokens.issued(owner, BOUND, Tokens.draft("bound")));
        Token changed = token.assign(Set.of(workload.id()), BOUND, LATER);

        Optional<LockedToken> second = waitingFor(
                repositories -> {
                    assertThat(repositories.tokens().lock(token.tenantId(), token.id()))
                            .map(LockedToken::token)
                            .contains(token);
                    repositories.tokens().update(changed);
                },
                repositories -> repositories.tokens().lock(token.tenantId(), token.id()));

        assertThat(second).map(LockedToken::token).contains(changed);
    }

    @Test
    void aLockReturnsTheTokensTerms() {
        User owner = stored(Users.admin(storedTenant().id()));
        Token token = stored(Tokens.of(owner));

        transact(repositories -> assertThat(repositories.tokens().lock(token.tenantId(), token.id()))
                .map(LockedToken::terms)
                .isEqualTo(repositories
                        .users()
                        .holdOwner(owner.tenantId(), owner.id())
                        .map(TokenOwner::terms))
                .map(TokenTerms::ownerRole)
                .contains(Role.TENANT_ADMIN));
    }

    @Test
    void changesWaitForTheLock() {
        Token token = stored(Tokens.of(storedOwner()));

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> waitingFor(
                        repositories -> {
                            repositories.tokens().lock(token.tenantId(), token.id());
                            repositories.tokens().update(Tokens.cancelled(token, "first", LATER));
                        },
                        repositories -> {
                            repositories.tokens().update(Tokens.cancelled(token, "second", LATER));
                            return token;
                        }));

        assertStored(Tokens.cancelled(token, "first", LATER));
    }

    @Test
    void deletionWaitsForTheLock() {
        Token token = stored(Tokens.of(storedOwner()));

        waitingFor(repositories -> repositories.tokens().lock(token.tenantId(), token.id()), repositories -> {
            repositories.tokens().delete(token.tenantId(), token.id(), LATER);
            return token;
        });

        transact(repositories -> assertThat(repositories.tokens().find(token.tenantId(), token.id()))
                .isEmpty());
    }

    @Test
    void rejectsAnUpdateOfAnyButThePreviousRevision() {
        Token first = stored(Tokens.of(storedOwner()));
        Token second = Tokens.cancelled(first, "leaked", LATER);
        Token third = second.reactivate(Role.MEMBER, LATER);

        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> updated(third));
        updated(second);
        Token stale = first.update(
                new TokenChange(new TokenName("stale"), null, ExpirationChoice.unspecified(), null),
                TokenPolicy.DEFAULT,
                LATER);
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> updated(stale));
        assertStored(second);

        transact(repositories -> repositories.tokens().delete(first.tenantId(), first.id(), LATER));
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> updated(third));
    }

    private User storedOwner() {
        return stored(Users.member(storedTenant().id()));
    }

    private Workload storedWorkload(User owner) {
        return stored(Workloads.model(owner.tenantId()));
    }

    private Token updated(Token token) {
        transact(repositories -> repositories.tokens().update(token));
        assertStored(token);
        return token;
    }

    private void assertStored(Token token) {
        transact(repositories -> {
            assertThat(repositories.tokens().find(token.tenantId(), token.id())).contains(token);
            assertThat(repositories.tokens().lock(token.tenantId(), token.id()))
                    .map(LockedToken::token)
                    .contains(token);
        });
    }

    /** A token whose tenant is not its owner's. */
    private static Token ownedBy(User owner, TenantId tenant) {
        return ownedBy(owner, tenant, Tokens.of(owner));
    }

    private static Token ownedBy(User owner, TenantId tenant, Token token) {
        return new Token(
                tenant,
                token.id(),
                owner.id(),
                token.binding(),
                token.name(),
                token.nameUniqueness(),
                token.description(),
                token.scopes(),
                token.secretHint(),
                token.expiry(),
                token.cancellation(),
                token.lastUsedTime(),
                token.revision());
    }
}
