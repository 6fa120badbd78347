package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.SweepRepository.Kind;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica sees another replica's changes to the entries that it holds. */
@Tag("G2")
class FollowingReplicaIT {
    private static final Instant LATER = Instant.parse("2026-03-06T11:16:31.654321Z");
    private static final TokenPolicy BOUND = Policies.boundTo(2);

    private final TestDatabase changing = TestDatabase.shared();
    private final Jdbi backdoor = changing.backdoor();
    private final AtomicInteger loads = new AtomicInteger();
    private final Tenant tenant = Tenants.withPolicy(BOUND);
    private final User owner = Users.member(tenant.id());
    private final Workload workload = Workloads.model(tenant.id());
    private final Token token = Tokens.issued(owner, BOUND, Tokens.draft("bound", workload.id()));
    private final Token other = Tokens.issued(owner, BOUND, Tokens.draft("other", workload.id()));
    private JdbiTokenLookup following;

    @BeforeEach
    void setUp() {
        change(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.workloads().insert(workload);
            repositories.tokens().insert(token, Tokens.digest(token));
            repositories.tokens().insert(other, Tokens.digest(other));
        });
        Jdbi counted = changing.as(DatabaseRole.VERIFICATION);
        counted.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                loads.incrementAndGet();
            }
        });
        following = new JdbiTokenLookup(
                changing.as(DatabaseRole.VERIFICATION), counted, 1, 1 << 20, Duration.ofSeconds(20));
        read(token);
        read(other);
        assertThat(loads).hasValue(2);
        assertThat(read(token).cancelled()).isFalse();
        assertThat(loads).as("loads of held entries").hasValue(2);
    }

    @AfterEach
    void tearDown() {
        following.close();
    }

    @Test
    void seesACancelledTokenAndLoadsNothingElse() {
        change(repositories -> repositories.tokens().update(Tokens.cancelled(token, "leaked", LATER)));

        assertThat(read(token).cancelled()).isTrue();
        assertThat(loads).hasValue(3);
        read(other);
        read(token);
        assertThat(loads).hasValue(3);
    }

    @Test
    void seesADeletedToken() {
        change(repositories -> repositories.tokens().delete(tenant.id(), token.id(), LATER));

        assertThat(snapshot(token).tokens()).isEmpty();
    }

    @Test
    void seesADisabledUserAndADemotedOne() {
        change(repositories -> repositories.users().update(owner.update(null, null, Role.TENANT_ADMIN, LATER)));
        assertThat(read(token).token().ownerRole()).isEqualTo(Role.TENANT_ADMIN);

        change(repositories -> repositories
                .users()
                .update(repositories
                        .users()
                        .find(tenant.id(), owner.id())
                        .orElseThrow()
                        .disable(LATER)));
        assertThat(read(token).ownerState()).isEqualTo(UserState.DISABLED);
        assertThat(read(other).ownerState()).isEqualTo(UserState.DISABLED);
    }

    @Test
    @Tag("G18")
    void seesADeletedUserWhoseTokensAreLeft() {
        change(repositories -> repositories.users().delete(tenant.id(), owner.id()));

        assertThat(snapshot(token).tokens()).isEmpty();
        assertThat(snapshot(other).tokens()).isEmpty();
        assertSweptUnnoticed(
                repositories -> assertThat(repositories.tokens().deleteByOwner(tenant.id(), owner.id(), 2, LATER))
                        .hasSize(2));
        assertThat(snapshot(token).tokens()).isEmpty();
    }

    @Test
    void seesASuspendedTenantAndItsLivePolicy() {
        change(repositories -> repositories.tenants().update(tenant.suspend(LATER)));

        assertThat(read(token).tenantState()).isEqualTo(TenantState.SUSPENDED);
    }

    @Test
    @Tag("G18")
    void seesADeletedTenantWhoseContentsAreLeft() {
        change(repositories -> repositories.tenants().delete(tenant.id()));

        assertThat(snapshot(token).tokens()).isEmpty();
        assertSweptUnnoticed(repositories -> {
            assertThat(repositories.users().deleteByTenant(tenant.id(), 2)).hasSize(1);
            assertThat(repositories.tokens().deleteByTenant(tenant.id(), 3)).hasSize(2);
            assertThat(repositories.workloads().deleteByTenant(tenant.id(), 2)).hasSize(1);
        });
        assertThat(snapshot(token).tokens()).isEmpty();
    }

    @Test
    void seesADisabledWorkloadAndADeletedOne() {
        change(repositories -> repositories.workloads().update(workload.disable(LATER)));
        assertThat(snapshot(token).workloads()).containsEntry(key(workload), WorkloadState.DISABLED);

        change(repositories -> {
            repositories.workloads().delete(tenant.id(), workload.id());
            repositories.tokens().unassign(tenant.id(), workload.id(), 3, LATER);
        });
        assertThat(snapshot(token).workloads()).isEmpty();
        assertThat(read(token).token().workloadIds()).isEmpty();
        assertThat(read(other).token().workloadIds()).isEmpty();
    }

    @Test
    @Tag("G18")
    void seesADeletedWorkloadWhoseAssignmentsAreLeft() {
        Sweep left = new Sweep(
                tenant.id(),
                Kind.WORKLOAD,
                workload.id().value(),
                new Origin("Test", null, null, null, new CallId(Tokens.anId().value())),
                LATER);

        change(repositories -> {
            repositories.workloads().delete(tenant.id(), workload.id());
            repositories.tokens().unassign(tenant.id(), workload.id(), 1, LATER);
            repositories.sweeps().insert(left);
        });

        assertThat(snapshot(token).workloads()).isEmpty();
        assertThat(read(token).token().workloadIds()).isEmpty();
        assertThat(read(other).token().workloadIds()).isEmpty();
        assertSweptUnnoticed(repositories -> {
            assertThat(repositories.tokens().unassign(tenant.id(), workload.id(), 2, LATER))
                    .hasSize(1);
            repositories.sweeps().delete(left);
        });
        assertThat(read(token).token().workloadIds()).isEmpty();
    }

    /** Removes what a deletion left, and asserts that replicas learn of no change. */
    private void assertSweptUnnoticed(Consumer<Repositories> sweep) {
        long before = position();

        change(sweep);

        assertThat(position()).isEqualTo(before);
    }

    private long position() {
        return backdoor.withHandle(handle -> handle.select(
                        "SELECT number FROM tenant_positions WHERE tenant_id = ?",
                        tenant.id().value())
                .mapTo(Long.class)
                .one());
    }

    @Test
    void seesATokenCreatedAfterAMiss() {
        Token later = Tokens.issued(owner, BOUND, Tokens.draft("later", workload.id()));
        assertThat(snapshot(later).tokens()).isEmpty();

        change(repositories -> repositories.tokens().insert(later, Tokens.digest(later)));

        assertThat(snapshot(later).tokens()).containsKey(key(later));
    }

    @Test
    void seesChangesWhoseRecordsWerePurged() {
        change(repositories -> repositories.tokens().update(Tokens.cancelled(token, "leaked", LATER)));
        changing.changeRecords().removeBefore(Instant.now().plusSeconds(60));

        assertThat(read(token).cancelled()).isTrue();
    }

    @Test
    void seesARestoreToTheSameNumber() {
        change(repositories -> repositories.tokens().update(Tokens.cancelled(token, "leaked", LATER)));
        assertThat(read(token).cancelled()).isTrue();

        backdoor.useTransaction(handle -> {
            handle.execute(
                    "UPDATE tokens SET cancel_reason = NULL WHERE token_id = ?",
                    token.id().value());
            handle.execute(
                    "UPDATE tenant_positions SET tag = gen_random_uuid() WHERE tenant_id = ?",
                    tenant.id().value());
        });

        assertThat(read(token).cancelled()).isFalse();
    }

    @Test
    void ignoresARolledBackChange() {
        try {
            change(repositories -> {
                repositories.tokens().update(Tokens.cancelled(token, "leaked", LATER));
                throw new IllegalStateException("to roll back");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("to roll back");
        }

        assertThat(read(token).cancelled()).isFalse();
        assertThat(loads).hasValue(2);
    }

    private void change(Consumer<Repositories> work) {
        changing.transactor().inTransaction(repositories -> {
            work.accept(repositories);
            return tenant;
        });
    }

    private TokenFacts read(Token asked) {
        TokenFacts facts = snapshot(asked).tokens().get(new TokenKey(tenant.id(), asked.id()));
        assertThat(facts).isNotNull();
        return facts;
    }

    private Snapshot snapshot(Token asked) {
        return following
                .read(Set.of(key(asked)), Set.of(key(workload)))
                .toCompletableFuture()
                .join();
    }

    private static TokenKey key(Token token) {
        return new TokenKey(token.tenantId(), token.id());
    }

    private static WorkloadKey key(Workload workload) {
        return new WorkloadKey(workload.tenantId(), workload.id());
    }
}
