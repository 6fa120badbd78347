package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link TenantRepository}. */
public abstract class TenantRepositoryContract extends PersistenceContract {
    @ParameterizedTest
    @MethodSource("dev.jeton.application.port.outbound.contract.PolicySamples#all")
    void keepsEveryPolicyExactly(TokenPolicy policy) {
        Tenant inserted = stored(Tenants.withPolicy(policy));
        transact(repositories -> assertThat(repositories.tenants().find(inserted.id()))
                .contains(inserted)
                .get()
                .extracting(tenant -> tenant.policy().expiryRule().allowedLifetimes())
                .isEqualTo(policy.expiryRule().allowedLifetimes()));

        Tenant other = stored(Tenants.withPolicy(
                policy.equals(PolicySamples.EVERYTHING) ? TokenPolicy.DEFAULT : PolicySamples.EVERYTHING));
        Tenant updated = other.update(null, PolicyChange.to(policy), LATER);
        transact(repositories -> repositories.tenants().update(updated));
        transact(repositories ->
                assertThat(repositories.tenants().find(other.id())).contains(updated));
    }

    @Test
    void keepsEveryFieldExactly() {
        Tenant tenant = storedTenant();
        Tenant changed = tenant.update(new TenantName("Ünïcode'; -- 🚀 \\ % _"), PolicyChange.NONE, LATER)
                .suspend(LATER.plusNanos(1_000));
        transact(repositories ->
                repositories.tenants().update(tenant.update(changed.displayName(), PolicyChange.NONE, LATER)));

        transact(repositories -> repositories.tenants().update(changed));

        transact(repositories ->
                assertThat(repositories.tenants().find(tenant.id())).contains(changed));
    }

    @Test
    void doesNotFindWhatDoesNotExist() {
        transact(repositories -> {
            assertThat(repositories.tenants().find(Tenants.anId())).isEmpty();
            assertThat(repositories.tenants().lock(Tenants.anId())).isEmpty();
        });
    }

    @Test
    void insertReturnsWhetherTheIdWasFree() {
        Tenant tenant = Tenants.acme();
        Tenant sameId = tenant.update(new TenantName("An impostor"), PolicyChange.to(PolicySamples.EVERYTHING), LATER);

        assertThat(insert(tenant)).isTrue();
        assertThat(insert(sameId)).isFalse();

        transact(repositories ->
                assertThat(repositories.tenants().find(tenant.id())).contains(tenant));
    }

    @Test
    void theTransactionContinuesAfterAnInsertOfAnExistingId() {
        Tenant tenant = storedTenant();
        User user = Users.member(tenant.id());

        transact(repositories -> {
            assertThat(repositories.tenants().insertIfAbsent(tenant)).isFalse();
            repositories.users().insert(user);
        });

        transact(repositories ->
                assertThat(repositories.users().find(tenant.id(), user.id())).contains(user));
    }

    @Test
    void exactlyOneOfManyConcurrentInsertsOfOneIdStores() {
        Tenant tenant = Tenants.acme();
        AtomicInteger stored = new AtomicInteger();

        Outcomes.of(50, number -> {
            if (insert(tenant)) {
                stored.incrementAndGet();
            }
        });

        assertThat(stored).hasValue(1);
    }

    @Test
    void lockReturnsWhatFindReturns() {
        Tenant tenant = storedTenant();

        transact(repositories ->
                assertThat(repositories.tenants().lock(tenant.id())).contains(tenant));
    }

    @Test
    void aSecondLockWaitsAndSeesTheFirstOnesChanges() {
        Tenant tenant = storedTenant();
        Tenant changed = tenant.suspend(LATER);

        Optional<Tenant> second = waitingFor(
                repositories -> {
                    repositories.tenants().lock(tenant.id());
                    repositories.tenants().update(changed);
                },
                repositories -> repositories.tenants().lock(tenant.id()));

        assertThat(second).contains(changed);
    }

    @Test
    void changesWaitForTheLock() {
        Tenant tenant = storedTenant();

        waitingFor(repositories -> repositories.tenants().lock(tenant.id()), repositories -> {
            repositories.tenants().update(tenant.suspend(LATER));
            return tenant;
        });

        transact(repositories ->
                assertThat(repositories.tenants().find(tenant.id())).contains(tenant.suspend(LATER)));
    }

    @Test
    void deletionWaitsForTheLock() {
        Tenant tenant = storedTenant();

        waitingFor(repositories -> repositories.tenants().lock(tenant.id()), repositories -> {
            repositories.tenants().delete(tenant.id());
            return tenant;
        });

        transact(repositories ->
                assertThat(repositories.tenants().find(tenant.id())).isEmpty());
    }

    @Test
    void newUsersWaitForTheLockForDelete() {
        Tenant tenant = storedTenant();
        User user = Users.member(tenant.id());

        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> waitingFor(
                        repositories -> {
                            repositories.tenants().lockForDelete(tenant.id());
                            repositories.tenants().delete(tenant.id());
                        },
                        repositories -> {
                            repositories.users().insert(user);
                            return user;
                        }));
    }

    @Test
    void newWorkloadsWaitForTheLockForDelete() {
        Tenant tenant = storedTenant();
        Workload workload = Workloads.model(tenant.id());

        waitingFor(repositories -> repositories.tenants().lockForDelete(tenant.id()), repositories -> {
            repositories.workloads().insert(workload);
            return workload;
        });

        transact(repositories -> assertThat(repositories.workloads().find(tenant.id(), workload.id()))
                .contains(workload));
    }

    @Test
    void deletionWaitsUntilTheTenantIsReleased() {
        Tenant tenant = storedTenant();

        waitingFor(
                repositories -> repositories.tenants().hold(tenant.id()),
                repositories -> repositories.tenants().lockForDelete(tenant.id()));
    }

    @Test
    void rejectsAnUpdateOfAnyButThePreviousRevision() {
        Tenant first = storedTenant();
        Tenant second = first.suspend(LATER);
        Tenant third = second.resume(LATER);

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> repositories.tenants().update(third)));
        transact(repositories -> repositories.tenants().update(second));
        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> repositories
                        .tenants()
                        .update(first.update(new TenantName("Stale"), PolicyChange.NONE, LATER))));

        transact(repositories ->
                assertThat(repositories.tenants().find(first.id())).contains(second));
    }

    @Test
    void rejectsAnUpdateOfADeletedTenant() {
        Tenant tenant = storedTenant();
        transact(repositories -> repositories.tenants().delete(tenant.id()));

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> transact(repositories -> repositories.tenants().update(tenant.suspend(LATER))));
    }

    @Test
    void exactlyOneOfManyConcurrentUpdatesOfOneRevisionSucceeds() {
        Tenant tenant = storedTenant();

        assertThat(Outcomes.of(
                        50,
                        number -> transact(repositories -> repositories
                                .tenants()
                                .update(tenant.update(new TenantName("Name " + number), PolicyChange.NONE, LATER)))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.CONCURRENT_CHANGE.name(), 49L));
    }

    @Test
    void isEmptyWithoutUsersAndWorkloads() {
        Tenant tenant = storedTenant();
        Tenant other = storedTenant();
        User user = Users.member(tenant.id());
        Workload workload = Workloads.model(tenant.id());

        transact(repositories -> {
            assertThat(repositories.tenants().isEmpty(tenant.id())).isTrue();
            repositories.users().insert(user);
            assertThat(repositories.tenants().isEmpty(tenant.id())).isFalse();
            assertThat(repositories.tenants().isEmpty(other.id())).isTrue();
            repositories.users().delete(tenant.id(), user.id());
            assertThat(repositories.tenants().isEmpty(tenant.id())).isTrue();
            repositories.workloads().insert(workload);
            assertThat(repositories.tenants().isEmpty(tenant.id())).isFalse();
            assertThat(repositories.tenants().isEmpty(other.id())).isTrue();
        });
    }

    @Test
    void hidesEverythingInADeletedTenantAndNothingElse() {
        Tenant tenant = storedTenant();
        User user = stored(Users.member(tenant.id()));
        Workload workload = stored(Workloads.model(tenant.id()));
        Token assigned = stored(Tokens.issued(user, Policies.boundTo(1), Tokens.draft("assigned", workload.id())));
        Token deleted = stored(Tokens.of(user));
        transact(repositories -> repositories.tokens().delete(tenant.id(), deleted.id(), LATER));
        Token neighbour = stored(Tokens.of(stored(Users.member(storedTenant().id()))));

        transact(repositories -> repositories.tenants().delete(tenant.id()));

        transact(repositories -> {
            assertThat(repositories.tenants().find(tenant.id())).isEmpty();
            assertThat(repositories.users().find(tenant.id(), user.id())).isEmpty();
            assertThat(repositories.users().lock(tenant.id(), user.id())).isEmpty();
            assertThat(repositories.users().holdOwner(tenant.id(), user.id())).isEmpty();
            assertThat(repositories
                            .users()
                            .page(tenant.id(), PageRequest.first(1))
                            .items())
                    .isEmpty();
            assertThat(repositories.workloads().find(tenant.id(), workload.id()))
                    .isEmpty();
            assertThat(repositories.workloads().lock(tenant.id(), workload.id()))
                    .isEmpty();
            assertThat(repositories
                            .workloads()
                            .page(tenant.id(), null, PageRequest.first(1))
                            .items())
                    .isEmpty();
            assertThat(repositories.tokens().find(tenant.id(), assigned.id())).isEmpty();
            assertThat(repositories.tokens().lock(tenant.id(), assigned.id())).isEmpty();
            assertThat(repositories
                            .tokens()
                            .page(tenant.id(), TokenFilter.ALL, LATER, PageRequest.first(1))
                            .items())
                    .isEmpty();
            assertThat(repositories.users().find(EVERY_TENANT, user.id())).isEmpty();
            assertThat(repositories.workloads().find(EVERY_TENANT, workload.id()))
                    .isEmpty();
            assertThat(repositories.tokens().find(EVERY_TENANT, assigned.id())).isEmpty();
            assertThat(repositories.tokens().formerOwner(EVERY_TENANT, deleted.id()))
                    .isEmpty();
            assertThat(repositories.tokens().find(neighbour.tenantId(), neighbour.id()))
                    .contains(neighbour);
        });
        assertThat(read(Set.of(key(assigned), key(neighbour)), Set.of()))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).containsOnlyKeys(key(neighbour)));
    }

    @Test
    void theContentsOfADeletedTenantAreDeletedInSlices() {
        Tenant tenant = storedTenant();
        User first = stored(Users.member(tenant.id()));
        User second = stored(Users.member(tenant.id()));
        Workload workload = stored(Workloads.model(tenant.id()));
        Workload other = stored(Workloads.model(tenant.id()));
        Token one = stored(Tokens.of(first));
        Token two = stored(Tokens.issued(first, Policies.boundTo(1), Tokens.draft("two", workload.id())));
        Token deleted = stored(Tokens.of(first));
        transact(repositories -> {
            repositories.tokens().delete(tenant.id(), deleted.id(), LATER);
            assertThat(repositories.users().deleteByTenant(tenant.id(), 1)).isEmpty();
            assertThat(repositories.tokens().deleteByTenant(tenant.id(), 1)).isEmpty();
            assertThat(repositories.workloads().deleteByTenant(tenant.id(), 1)).isEmpty();
            assertThat(repositories.tokens().deleteTombstones(tenant.id(), 1)).isZero();
        });

        transact(repositories -> {
            repositories.tenants().delete(tenant.id());
            assertThat(repositories.users().deleteByTenant(tenant.id(), 1)).containsExactly(second);
            assertThat(repositories.users().deleteByTenant(tenant.id(), 2)).containsExactly(first);
            assertThat(repositories.tokens().deleteByTenant(tenant.id(), 1)).containsExactly(two);
            assertThat(repositories.tokens().deleteByTenant(tenant.id(), 2)).containsExactly(one);
            assertThat(repositories.workloads().deleteByTenant(tenant.id(), 1)).containsExactly(other);
            assertThat(repositories.workloads().deleteByTenant(tenant.id(), 2)).containsExactly(workload);
            assertThat(repositories.tokens().deleteTombstones(tenant.id(), 1)).isEqualTo(1);
            assertThat(repositories.tokens().deleteTombstones(tenant.id(), 1)).isZero();
            assertThat(repositories.users().deleteByTenant(tenant.id(), 1)).isEmpty();
            assertThat(repositories.tokens().deleteByTenant(tenant.id(), 1)).isEmpty();
            assertThat(repositories.workloads().deleteByTenant(tenant.id(), 1)).isEmpty();
        });

        stored(tenant);
        transact(repositories -> {
            assertThat(repositories.tenants().isEmpty(tenant.id())).isTrue();
            assertThat(repositories.tokens().formerOwner(tenant.id(), deleted.id()))
                    .isEmpty();
            assertThat(repositories.tokens().formerOwner(tenant.id(), one.id())).isEmpty();
        });
        assertThat(read(Set.of(key(one), key(two)), Set.of(key(workload))))
                .satisfies(snapshot -> assertThat(snapshot.tokens()).isEmpty())
                .satisfies(snapshot -> assertThat(snapshot.workloads()).isEmpty());
    }

    @Test
    void deletingAnUnknownTenantDoesNothing() {
        Tenant tenant = storedTenant();

        transact(repositories -> repositories.tenants().delete(Tenants.anId()));

        transact(repositories ->
                assertThat(repositories.tenants().find(tenant.id())).contains(tenant));
    }

    private boolean insert(Tenant tenant) {
        return inTransaction(repositories -> repositories.tenants().insertIfAbsent(tenant));
    }
}
