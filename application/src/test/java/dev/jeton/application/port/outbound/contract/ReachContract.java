package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import dev.jeton.application.port.outbound.UserRepository.UserOfTenant;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link Reach}: what look-ups by id find, and what is found with them. */
public abstract class ReachContract extends PersistenceContract {
    private final Tenant tenant = Tenants.acme();
    private final User user = Users.member(tenant.id());
    private final Workload workload = Workloads.model(tenant.id());
    private final Token token = Tokens.of(user);

    @Test
    void everyTenantFindsByIdAlone() {
        store();

        transact(repositories -> {
            assertThat(repositories.users().find(EVERY_TENANT, user.id())).contains(user);
            assertThat(repositories.users().lock(EVERY_TENANT, user.id())).contains(user);
            assertThat(repositories.users().lockForDelete(EVERY_TENANT, user.id()))
                    .contains(user);
            assertThat(repositories.users().findWithTenant(EVERY_TENANT, user.id()))
                    .contains(new UserOfTenant(user, tenant));
            assertThat(repositories.workloads().find(EVERY_TENANT, workload.id()))
                    .contains(workload);
            assertThat(repositories.workloads().lock(EVERY_TENANT, workload.id()))
                    .contains(workload);
            assertThat(repositories.workloads().lockForDelete(EVERY_TENANT, workload.id()))
                    .contains(workload);
            assertThat(repositories.tokens().find(EVERY_TENANT, token.id())).contains(token);
            assertThat(repositories.tokens().lock(EVERY_TENANT, token.id(), Set.of()))
                    .map(LockedToken::token)
                    .contains(token);
            assertThat(repositories.tokens().lockForDelete(EVERY_TENANT, token.id()))
                    .map(LockedToken::token)
                    .contains(token);
        });
    }

    /** Neither with a write that waits for the commit nor with a tenant that was used before. */
    @Test
    void everyTenantFindsWhatTheTransactionHasStored() {
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(user);
            assertThat(repositories.users().find(EVERY_TENANT, user.id())).contains(user);
            repositories.workloads().insert(workload);
            assertThat(repositories.workloads().find(tenant.id(), workload.id()))
                    .contains(workload);
        });
    }

    @Test
    void unknownIdsAreFoundNowhere() {
        store();

        transact(repositories -> {
            assertThat(repositories.users().find(EVERY_TENANT, Users.anId())).isEmpty();
            assertThat(repositories.users().lock(EVERY_TENANT, Users.anId())).isEmpty();
            assertThat(repositories.users().findWithTenant(EVERY_TENANT, Users.anId()))
                    .isEmpty();
            assertThat(repositories.users().holdOwner(EVERY_TENANT, Users.anId(), Set.of()))
                    .isEmpty();
            assertThat(repositories.workloads().find(EVERY_TENANT, Workloads.anId()))
                    .isEmpty();
            assertThat(repositories.workloads().lock(EVERY_TENANT, Workloads.anId()))
                    .isEmpty();
            assertThat(repositories.tokens().find(EVERY_TENANT, Tokens.anId())).isEmpty();
            assertThat(repositories.tokens().lock(EVERY_TENANT, Tokens.anId(), Set.of()))
                    .isEmpty();
            assertThat(repositories.tokens().formerOwner(EVERY_TENANT, Tokens.anId()))
                    .isEmpty();
        });
    }

    @Test
    void deletedUsersAndWorkloadsAreFoundNowhere() {
        store();
        transact(repositories -> {
            repositories.users().delete(tenant.id(), user.id());
            repositories.workloads().delete(tenant.id(), workload.id());
        });

        transact(repositories -> {
            assertThat(repositories.users().find(EVERY_TENANT, user.id())).isEmpty();
            assertThat(repositories.workloads().find(EVERY_TENANT, workload.id()))
                    .isEmpty();
        });
    }

    @Test
    void theOwnerOfADeletedTokenIsFoundUntilItsTombstoneIsRemoved() {
        store();
        transact(repositories -> repositories.tokens().delete(tenant.id(), token.id(), LATER));

        transact(repositories -> assertThat(repositories.tokens().formerOwner(EVERY_TENANT, token.id()))
                .contains(user.id()));

        persistence().tombstones().removeBefore(LATER.plusSeconds(1));
        transact(repositories -> assertThat(repositories.tokens().formerOwner(EVERY_TENANT, token.id()))
                .isEmpty());
    }

    @Test
    void oneTenantFindsNothingOfAnother() {
        store();
        Reach other = Reach.of(storedTenant().id());

        transact(repositories -> {
            assertThat(repositories.users().find(other, user.id())).isEmpty();
            assertThat(repositories.users().findWithTenant(other, user.id())).isEmpty();
            assertThat(repositories.users().holdOwner(other, user.id(), Set.of()))
                    .isEmpty();
            assertThat(repositories.workloads().lock(other, workload.id())).isEmpty();
            assertThat(repositories.tokens().lock(other, token.id(), Set.of())).isEmpty();
        });
    }

    @Test
    void ownTokensAreThoseOfOneUser() {
        store();
        Reach own = new Reach.OwnTokens(tenant.id(), user.id());
        Reach colleagues = new Reach.OwnTokens(
                tenant.id(), stored(Users.member(tenant.id())).id());

        transact(repositories -> {
            assertThat(repositories.tokens().find(own, token.id())).contains(token);
            assertThat(repositories.tokens().lock(own, token.id(), Set.of())).isPresent();
            assertThat(repositories.tokens().lockForDelete(own, token.id())).isPresent();
            assertThat(repositories.tokens().find(colleagues, token.id())).isEmpty();
            assertThat(repositories.tokens().lock(colleagues, token.id(), Set.of()))
                    .isEmpty();
            assertThat(repositories.tokens().lockForDelete(colleagues, token.id()))
                    .isEmpty();
            assertThat(repositories.workloads().find(colleagues, workload.id())).contains(workload);
        });
    }

    @Test
    void locksLookUpTheWantedWorkloadsOfTheSameTenant() {
        store();
        Workload second = stored(Workloads.model(tenant.id()));
        Workload disabled = stored(Workloads.model(tenant.id()).disable(LATER));
        Workload foreign = stored(Workloads.model(storedTenant().id()));
        Set<WorkloadId> wanted = Set.of(workload.id(), disabled.id(), foreign.id(), Workloads.anId());

        for (Reach reach : Set.of(EVERY_TENANT, Reach.of(tenant.id()))) {
            transact(repositories -> {
                Optional<TokenOwner> owner = repositories.users().holdOwner(reach, user.id(), wanted);
                Optional<LockedToken> locked = repositories.tokens().lock(reach, token.id(), wanted);

                assertThat(owner).map(TokenOwner::tenantId).contains(tenant.id());
                assertThat(owner.orElseThrow().workloads()).containsExactlyInAnyOrder(workload.id(), disabled.id());
                assertThat(locked.orElseThrow().workloads()).containsExactlyInAnyOrder(workload.id(), disabled.id());
                assertThat(repositories.users().holdOwner(reach, user.id(), Set.of(second.id())))
                        .map(TokenOwner::workloads)
                        .contains(Set.of(second.id()));
            });
        }
    }

    private void store() {
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(user);
            repositories.workloads().insert(workload);
            repositories.tokens().insert(token, Tokens.digest(token));
        });
    }
}
