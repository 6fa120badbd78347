package dev.jeton.application.port.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.fixture.MutableClock;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the ports leave the effect of misuse undefined, this store is at least as strict as PostgreSQL. */
class InMemoryPersistenceTest {
    private final MutableClock clock = new MutableClock();
    private final InMemoryPersistence persistence = new InMemoryPersistence(clock);
    private final Transactor transactor = persistence.transactor();
    private final Tenant tenant = Tenants.acme();

    @Test
    void repositoriesFailAfterTheirWork() {
        TenantRepository kept = transactor.inTransaction(Repositories::tenants);

        assertThatIllegalStateException().isThrownBy(() -> kept.insert(tenant));
    }

    @Test
    void nestedTransactionsAreRejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactor.inTransaction(outer ->
                        transactor.inTransaction(inner -> inner.tenants().insertIfAbsent(tenant))));
    }

    @Test
    void aTransactionFailsAfterARepositoryThrows() {
        User first = Users.withEmail(tenant.id(), "ada@example.com");
        User second = Users.withEmail(tenant.id(), "ada@example.com");

        assertThatIllegalStateException()
                .isThrownBy(() -> transactor.inTransaction(repositories -> {
                    repositories.tenants().insert(tenant);
                    repositories.users().insert(first);
                    insertInVain(repositories, second);
                    return true;
                }))
                .withCauseInstanceOf(AlreadyExists.class);

        assertThat(transactor.<Boolean>inTransaction(
                        repositories -> repositories.tenants().find(tenant.id()).isPresent()))
                .isFalse();
    }

    @Test
    void lookUpsUseTheStoresClockInMicroseconds() {
        clock.set(Instant.parse("2026-03-05T10:15:30.123456789Z"));

        assertThat(persistence.tokenLookup().read(Set.of(), Set.of()))
                .succeedsWithin(Duration.ZERO)
                .satisfies(snapshot ->
                        assertThat(snapshot.time()).isEqualTo(Instant.parse("2026-03-05T10:15:30.123456Z")));
    }

    private static void insertInVain(Repositories repositories, User user) {
        try {
            repositories.users().insert(user);
        } catch (AlreadyExists ignored) {
            assertThat(ignored).isNotNull();
        }
    }
}
