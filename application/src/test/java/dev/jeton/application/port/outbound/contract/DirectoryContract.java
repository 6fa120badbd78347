package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.Tenant;
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

    private Page<Tenant> page(PageRequest request) {
        return inTransaction(repositories -> repositories.directory().tenants(request));
    }
}
