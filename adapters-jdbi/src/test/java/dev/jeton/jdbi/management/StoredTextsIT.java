package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.jdbi.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Texts that were stored under an older rule stay readable, although new ones like them are refused. */
class StoredTextsIT {
    private static final String OLD = "a\u200d\u3164";

    private final TestDatabase database = TestDatabase.shared();

    @Test
    void stayReadable() {
        Tenant tenant = Tenants.acme();
        User user = Users.member(tenant.id());
        Workload workload = Workloads.model(tenant.id());
        Token token = Tokens.of(user);
        database.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(user);
            repositories.workloads().insert(workload);
            repositories.tokens().insert(token, Tokens.digest(token));
            return null;
        });
        set("tenants", "display_name", tenant);
        set("users", "email", tenant);
        set("users", "display_name", tenant);
        set("workloads", "name", tenant);
        set("tokens", "name", tenant);
        set("tokens", "description", tenant);

        database.transactor().inTransaction(repositories -> {
            PageRequest page = PageRequest.first(1);
            User storedUser =
                    repositories.users().page(tenant.id(), page).items().get(0);
            Token storedToken = repositories
                    .tokens()
                    .page(tenant.id(), TokenFilter.ALL, Instant.EPOCH, page)
                    .items()
                    .get(0);
            assertThat(storedUser.email().value()).isEqualTo(OLD);
            assertThat(storedUser.displayName().value()).isEqualTo(OLD);
            assertThat(storedToken.name().value()).isEqualTo(OLD);
            assertThat(storedToken.description().value()).isEqualTo(OLD);
            assertThat(repositories
                            .workloads()
                            .page(tenant.id(), null, page)
                            .items()
                            .get(0)
                            .name()
                            .value())
                    .isEqualTo(OLD);
            assertThat(repositories
                            .tenants()
                            .find(tenant.id())
                            .orElseThrow()
                            .displayName()
                            .value())
                    .isEqualTo(OLD);
            return null;
        });
    }

    private void set(String table, String column, Tenant tenant) {
        database.backdoor().useHandle(handle -> handle.createUpdate(
                        "UPDATE %s SET %s = :text WHERE tenant_id = :tenantId".formatted(table, column))
                .bind("text", OLD)
                .bind("tenantId", tenant.id().value())
                .execute());
    }
}
