package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link Directory}. */
public abstract class DirectoryContract extends PersistenceContract {

    @Test
    void listsAllTenantsByDescendingId() {
        Tenant first = storedTenant();
        Tenant second = storedTenant().suspend(LATER);
        Tenant third = storedTenant();
        Tenant deleted = storedTenant();
        transact(repositories -> {
            repositories.tenants().update(second);
            repositories.tenants().delete(deleted.id());
        });

        List<Tenant> all = new ArrayList<>();
        Page<Tenant> page = page(PageRequest.first(2));
        while (page.next() != null) {
            assertThat(page.items()).hasSize(2);
            all.addAll(page.items());
            page = page(new PageRequest(2, page.next()));
        }
        all.addAll(page.items());

        assertThat(all).containsSubsequence(third, second, first).doesNotContain(deleted);
        assertThat(all)
                .extracting(tenant -> tenant.id().toString())
                .isSortedAccordingTo((one, other) -> other.compareTo(one))
                .doesNotHaveDuplicates();
    }

    @Test
    void laterPagesOfTenantsDoNotChangeWithInserts() {
        Tenant first = storedTenant();
        Tenant second = storedTenant();
        Page<Tenant> page = page(PageRequest.first(1));
        assertThat(page.items()).containsExactly(second);

        storedTenant();

        assertThat(page(new PageRequest(1, page.next())).items()).containsExactly(first);
    }

    @Test
    void findsTheTenantOfEveryResource() {
        User user = stored(Users.member(storedTenant().id()));
        Workload workload = stored(Workloads.model(user.tenantId()));
        Token token = stored(Tokens.of(user));

        transact(repositories -> {
            assertThat(repositories.directory().tenantOf(user.id())).contains(user.tenantId());
            assertThat(repositories.directory().tenantOf(workload.id())).contains(user.tenantId());
            assertThat(repositories.directory().tenantOf(token.id())).contains(user.tenantId());
        });
    }

    @Test
    void doesNotFindUnknownIds() {
        transact(repositories -> {
            assertThat(repositories.directory().tenantOf(Users.anId())).isEmpty();
            assertThat(repositories.directory().tenantOf(Workloads.anId())).isEmpty();
            assertThat(repositories.directory().tenantOf(Tokens.anId())).isEmpty();
        });
    }

    @Test
    void doesNotFindDeletedUsersAndWorkloads() {
        User user = stored(Users.member(storedTenant().id()));
        Workload workload = stored(Workloads.model(user.tenantId()));

        transact(repositories -> {
            repositories.users().delete(user.tenantId(), user.id());
            repositories.workloads().delete(user.tenantId(), workload.id());
        });

        transact(repositories -> {
            assertThat(repositories.directory().tenantOf(user.id())).isEmpty();
            assertThat(repositories.directory().tenantOf(workload.id())).isEmpty();
        });
    }

    @Test
    void findsTheTenantOfADeletedTokenUntilItsTombstoneIsRemoved() {
        User user = stored(Users.member(storedTenant().id()));
        Token token = stored(Tokens.of(user));
        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER));

        transact(repositories ->
                assertThat(repositories.directory().tenantOf(token.id())).contains(token.tenantId()));

        persistence().tombstones().removeBefore(LATER.plusSeconds(1));
        transact(repositories ->
                assertThat(repositories.directory().tenantOf(token.id())).isEmpty());
    }

    private Page<Tenant> page(PageRequest request) {
        return inTransaction(repositories -> repositories.directory().tenants(request));
    }
}
