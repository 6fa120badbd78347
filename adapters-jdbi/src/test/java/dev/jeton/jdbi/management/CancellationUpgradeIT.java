package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.jdbi.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The previous version writes no more of a cancellation than its reason. */
class CancellationUpgradeIT {
    private static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");
    private static final FreeText LOST = new FreeText("lost");

    private final TestDatabase database = TestDatabase.shared();
    private final Tenant tenant = Tenants.acme();
    private final User owner = Users.member(tenant.id());
    private final Token token = Tokens.of(owner);

    @BeforeEach
    void storeAll() {
        database.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.tokens().insert(token, Tokens.digest(token));
            return token;
        });
    }

    @Test
    void itsCancellationsHaveNoRank() {
        setReason("lost");

        assertThat(read().cancellation()).isEqualTo(new Cancellation(null, null, null, LOST, false));
        assertThat(read().reactivate(Role.MEMBER, NOW).cancellation()).isNull();
    }

    @Test
    void itsReactivationsCount() {
        database.transactor().inTransaction(repositories -> {
            repositories.tokens().update(token.cancel(LOST, owner.id(), Role.OPERATOR, NOW));
            return token;
        });
        setReason(null);

        assertThat(read().cancellation()).isNull();
    }

    private void setReason(String reason) {
        database.backdoor()
                .useHandle(handle -> handle.execute(
                        "UPDATE tokens SET cancel_reason = ? WHERE token_id = ?",
                        reason,
                        token.id().value()));
    }

    private Token read() {
        return database.transactor()
                .inTransaction(repositories ->
                        repositories.tokens().find(token.tenantId(), token.id()).orElseThrow());
    }
}
