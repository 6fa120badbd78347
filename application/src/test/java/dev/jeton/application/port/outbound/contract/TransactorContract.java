package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Transactor}. */
public abstract class TransactorContract extends PersistenceContract {

    @Test
    void commitsWhenTheWorkReturns() {
        Tenant tenant = Tenants.acme();
        User user = Users.member(tenant.id());

        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(user);
        });

        transact(repositories -> {
            assertThat(repositories.tenants().find(tenant.id())).contains(tenant);
            assertThat(repositories.users().find(tenant.id(), user.id())).contains(user);
        });
    }

    @Test
    void returnsTheResultOfTheWork() {
        assertThat(inTransaction(repositories -> "the result").length()).isEqualTo(10);
    }

    @Test
    void hasCommittedWhenItReturns() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 20; round++) {
                Tenant tenant = storedTenant();
                Future<Optional<Tenant>> reading = thread.submit(() ->
                        inTransaction(repositories -> repositories.tenants().find(tenant.id())));
                assertThat(Outcomes.get(reading)).contains(tenant);
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void rethrowsExceptionsOfTheWork() {
        RuntimeException exception = new IllegalStateException("by the work");
        Error error = new AssertionError("by the work");

        assertThatThrownBy(() -> transact(repositories -> {
                    throw exception;
                }))
                .isSameAs(exception);
        assertThatThrownBy(() -> transact(repositories -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rollsBackWhenTheWorkThrows(boolean anError) {
        Everything before = Everything.ofOneTenant();
        transact(before::store);
        Everything never = Everything.ofOneTenant();

        assertThatThrownBy(() -> transact(repositories -> {
                    never.store(repositories);
                    before.changeAll(repositories);
                    fail(anError);
                }))
                .hasMessage("by the work");

        transact(repositories -> {
            before.assertStored(repositories);
            assertThat(repositories.tenants().find(never.tenant.id())).isEmpty();
            assertThat(repositories.users().find(EVERY_TENANT, never.user.id())).isEmpty();
            assertThat(repositories.workloads().find(EVERY_TENANT, never.workload.id()))
                    .isEmpty();
            assertThat(repositories.tokens().find(EVERY_TENANT, never.token.id()))
                    .isEmpty();
        });
        assertThat(read(Set.of(key(never.token)), Set.of(key(never.workload))))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).isEmpty())
                .satisfies(snapshot -> assertThat(snapshot.workloads()).isEmpty());
    }

    @Test
    void rollsBackWhenARepositoryThrows() {
        Tenant tenant = storedTenant();
        User first = Users.withEmail(tenant.id(), "first@example.com");
        User second = Users.withEmail(tenant.id(), "first@example.com");

        assertRefused(
                ErrorReason.EMAIL_TAKEN,
                () -> transact(repositories -> {
                    repositories.users().insert(first);
                    repositories.users().insert(second);
                }));

        transact(repositories ->
                assertThat(repositories.users().find(tenant.id(), first.id())).isEmpty());
    }

    /** A write that waits for the commit must not let the commit through. */
    @Test
    void aRefusedWriteUndoesTheOthers() {
        Tenant tenant = storedTenant();
        Tenant stale = tenant.suspend(LATER).resume(LATER);
        User user = Users.member(tenant.id());

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> {
                    repositories.tenants().update(stale);
                    repositories.audit().append(AuditEvents.at(tenant.id(), LATER));
                }));
        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> {
                    repositories.tenants().update(stale);
                    repositories.users().insert(user);
                }));

        transact(repositories -> {
            assertThat(repositories.tenants().find(tenant.id())).contains(tenant);
            assertThat(repositories.users().find(tenant.id(), user.id())).isEmpty();
            assertThat(repositories
                            .audit()
                            .page(tenant.id(), AuditFilter.NONE, PageRequest.first(1))
                            .items())
                    .isEmpty();
        });
    }

    @Test
    void readsSeeWhatIsCommitted() {
        Everything everything = Everything.ofOneTenant();
        transact(everything::store);

        persistence().transactor().read(repositories -> {
            everything.assertStored(repositories);
            return repositories.moment();
        });
    }

    @Test
    void theWorkSeesItsOwnChanges() {
        Everything everything = Everything.ofOneTenant();

        transact(repositories -> {
            everything.store(repositories);
            everything.assertStored(repositories);
        });
    }

    @Test
    void losesNoUpdateUnderConcurrency() {
        Tenant tenant = storedTenant();

        Map<String, Long> outcomes =
                Outcomes.of(50, number -> transact(repositories -> rename(repositories, tenant, "Name " + number)));

        assertThat(outcomes.keySet()).isSubsetOf(Outcomes.DONE, ErrorReason.CONCURRENT_CHANGE.name());
        Tenant last = inTransaction(
                repositories -> repositories.tenants().find(tenant.id()).orElseThrow());
        assertThat(last.revision().version()).isEqualTo(1 + outcomes.get(Outcomes.DONE));
    }

    private static void rename(Repositories repositories, Tenant tenant, String name) {
        Tenant current = repositories.tenants().find(tenant.id()).orElseThrow();
        repositories.tenants().update(current.update(new TenantName(name), PolicyChange.NONE, LATER));
    }

    private static void fail(boolean anError) {
        if (anError) {
            throw new AssertionError("by the work");
        }
        throw new IllegalStateException("by the work");
    }

    /** A tenant with one user, workload and token. */
    private record Everything(Tenant tenant, User user, Workload workload, Token token) {

        static Everything ofOneTenant() {
            Tenant tenant = Tenants.acme();
            User user = Users.member(tenant.id());
            return new Everything(tenant, user, Workloads.model(tenant.id()), Tokens.of(user));
        }

        void store(Repositories repositories) {
            repositories.tenants().insert(tenant);
            repositories.users().insert(user);
            repositories.workloads().insert(workload);
            repositories.tokens().insert(token, Tokens.digest(token));
        }

        void changeAll(Repositories repositories) {
            repositories.tenants().update(tenant.suspend(LATER));
            repositories.users().update(user.disable(LATER));
            repositories.workloads().delete(tenant.id(), workload.id());
            repositories.tokens().delete(tenant.id(), token.id(), LATER);
        }

        void assertStored(Repositories repositories) {
            assertThat(repositories.tenants().find(tenant.id())).contains(tenant);
            assertThat(repositories.users().find(tenant.id(), user.id())).contains(user);
            assertThat(repositories.workloads().find(tenant.id(), workload.id()))
                    .contains(workload);
            assertThat(repositories.tokens().find(tenant.id(), token.id())).contains(token);
            assertThat(repositories.tokens().formerOwner(tenant.id(), token.id()))
                    .isEmpty();
        }
    }
}
