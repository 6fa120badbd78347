package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.jdbi.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is only being changed can be added to: calls wait for a lock only if they must. */
class ChangeLocksIT {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /** Half of what a statement may take: one that waits for the lock, which is held until this is over, fails the test. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestDatabase database = TestDatabase.shared();
    private final Tenant tenant = Tenants.withPolicy(Policies.boundTo(1));
    private final User owner = Users.member(tenant.id());
    private final Workload workload = Workloads.model(tenant.id());
    private final Token token = Tokens.issued(owner, tenant.policy(), Tokens.draft("first"));

    @BeforeEach
    void store() {
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.workloads().insert(workload);
            repositories.tokens().insert(token, Tokens.digest(token));
        });
    }

    @Test
    void usersAndWorkloadsAreAddedToALockedTenant() {
        assertDoesNotWait(
                repositories -> repositories.tenants().lock(tenant.id()),
                () -> transact(repositories -> {
                    repositories.tenants().hold(tenant.id());
                    repositories.users().insert(Users.member(tenant.id()));
                    repositories.workloads().insert(Workloads.model(tenant.id()));
                }));
    }

    @Test
    void tokensAreAddedToALockedUser() {
        Token second = Tokens.issued(owner, tenant.policy(), Tokens.draft("second"));

        assertDoesNotWait(
                repositories -> repositories.users().lock(tenant.id(), owner.id()),
                () -> transact(repositories -> {
                    repositories.users().holdOwner(tenant.id(), owner.id());
                    repositories.tokens().insert(second, Tokens.digest(second));
                }));
    }

    @Test
    void tokensAreAssignedToALockedWorkload() {
        assertDoesNotWait(
                repositories -> repositories.workloads().lock(tenant.id(), workload.id()),
                () -> transact(repositories ->
                        repositories.tokens().update(token.assign(Set.of(workload.id()), tenant.policy(), NOW))));
    }

    @Test
    void usesOfALockedTokenAreRecorded() {
        assertDoesNotWait(repositories -> repositories.tokens().lock(tenant.id(), token.id()), () -> database.usageLog()
                .record(Map.of(new TokenKey(tenant.id(), token.id()), NOW)));

        transact(repositories -> assertThat(repositories.tokens().find(tenant.id(), token.id()))
                .map(Token::lastUsedTime)
                .contains(NOW));
    }

    /** To wait for it would reveal that it exists. */
    @Test
    void aColleaguesTokenIsNotWaitedFor() {
        Reach colleagues = new Reach.OwnTokens(tenant.id(), Users.anId());

        assertDoesNotWait(
                repositories -> repositories.tokens().lock(tenant.id(), token.id()),
                () -> transact(repositories -> {
                    assertThat(repositories.tokens().lock(colleagues, token.id(), Set.of()))
                            .isEmpty();
                    assertThat(repositories.tokens().lockForDelete(colleagues, token.id()))
                            .isEmpty();
                }));
    }

    /** Runs {@code other} while the lock is held. */
    private void assertDoesNotWait(Consumer<Repositories> lock, Runnable other) {
        transact(repositories -> {
            lock.accept(repositories);
            assertThat(CompletableFuture.runAsync(other)).succeedsWithin(PATIENCE);
        });
    }

    private void transact(Consumer<Repositories> work) {
        database.transactor().inTransaction(repositories -> {
            work.accept(repositories);
            return Boolean.TRUE;
        });
    }
}
