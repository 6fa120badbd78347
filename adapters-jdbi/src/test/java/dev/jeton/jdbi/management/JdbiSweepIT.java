package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.SweepRepository.Kind;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.SweepContract;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.jdbi.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G18")
class JdbiSweepIT extends SweepContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }

    @Test
    void aSweepBelongsToOneTransaction() {
        Origin origin = new Origin(
                "DeleteUser",
                Users.anId(),
                Tokens.anId(),
                Users.anId(),
                new CallId(Tokens.anId().value()));
        Sweep sweep = new Sweep(
                Tenants.anId(), Kind.USER, Users.anId().value(), origin, Instant.parse("2026-03-07T12:00:00.123456Z"));
        TestDatabase database = TestDatabase.shared();
        database.transactor().inTransaction(repositories -> {
            repositories.sweeps().insert(sweep);
            return sweep;
        });

        Optional<Sweep> other = database.transactor().inTransaction(repositories -> {
            assertThat(repositories.sweeps().lockNext()).contains(sweep);
            Optional<Sweep> found = CompletableFuture.supplyAsync(
                            () -> database.transactor().<Optional<Sweep>>inTransaction(others -> others.sweeps()
                                    .lockNext()))
                    .join();
            repositories.sweeps().delete(sweep);
            return found;
        });

        assertThat(other).isEmpty();
    }
}
