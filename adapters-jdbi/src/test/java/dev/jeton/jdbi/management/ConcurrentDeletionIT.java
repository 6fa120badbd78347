package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.call.Calls;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.jdbi.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;

/** Deletions race with uses of the same rows: every outcome is a documented one, and no row is left behind. */
class ConcurrentDeletionIT {
    private static final TokenPolicy BOUND = Policies.boundTo(5);
    private static final int ALL = 1_000;
    private static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");

    private final TestDatabase database = TestDatabase.shared();
    private final Calls calls = new Calls(database.transactor(), new SecureRandom(), Duration.ofHours(24));
    private final Tenant tenant = Tenants.withPolicy(BOUND);
    private final User owner = Users.member(tenant.id());
    private final Workload workload = Workloads.model(tenant.id());

    @RepeatedTest(5)
    void deletingAUserWhileTokensAreCreated() {
        storeAll();

        Map<String, Long> outcomes = Outcomes.of(
                20,
                number -> transact(repositories -> {
                    if (number == 10) {
                        repositories.users().lockForDelete(tenant.id(), owner.id());
                        repositories.users().delete(tenant.id(), owner.id());
                        repositories.tokens().deleteByOwner(tenant.id(), owner.id(), ALL, NOW);
                    } else {
                        repositories.users().holdOwner(tenant.id(), owner.id());
                        insert(repositories, aToken("created"));
                    }
                }));

        assertThat(outcomes.keySet()).isSubsetOf(Outcomes.DONE, ErrorReason.USER_NOT_FOUND.name());
        assertNoTokens();
    }

    @RepeatedTest(5)
    void deletingAUserWithoutALockWhileTokensAreCreated() {
        storeAll();

        Map<String, Long> outcomes = Outcomes.of(
                20,
                number -> transact(repositories -> {
                    if (number == 10) {
                        repositories.users().delete(tenant.id(), owner.id());
                        repositories.tokens().deleteByOwner(tenant.id(), owner.id(), ALL, NOW);
                    } else {
                        insert(repositories, aToken("created"));
                    }
                }));

        assertThat(outcomes.keySet())
                .isSubsetOf(Outcomes.DONE, ErrorReason.USER_NOT_FOUND.name(), ErrorReason.CONCURRENT_CHANGE.name());
        assertNoTokens();
    }

    @RepeatedTest(5)
    void deletingAWorkloadWhileTokensAreCreatedAndAssigned() {
        storeAll();
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Token token = i % 2 == 0 ? aToken("assigned") : Tokens.issued(owner, BOUND, Tokens.draft("free"));
            transact(repositories -> insert(repositories, token));
            tokens.add(token);
        }

        Map<String, Long> outcomes = Outcomes.of(
                30,
                number -> transact(repositories -> {
                    if (number == 15) {
                        repositories.workloads().lockForDelete(tenant.id(), workload.id());
                        repositories.workloads().delete(tenant.id(), workload.id());
                        repositories.tokens().unassign(tenant.id(), workload.id(), ALL, NOW);
                    } else if (number % 3 == 0) {
                        insert(repositories, aToken("created"));
                    } else {
                        toggle(repositories, tokens.get(number % 10));
                    }
                }));

        assertThat(outcomes.keySet())
                .isSubsetOf(Outcomes.DONE, ErrorReason.WORKLOAD_NOT_FOUND.name(), ErrorReason.CONCURRENT_CHANGE.name());
        transact(repositories -> {
            if (repositories.workloads().find(tenant.id(), workload.id()).isEmpty()) {
                assertThat(tokensOf(repositories))
                        .allMatch(token -> token.workloadIds().isEmpty());
                assertThat(rowsOfTenant("token_workloads")).isZero();
            }
        });
    }

    @RepeatedTest(5)
    void deletingATenantWhileEverythingIsAddedAndUsed() {
        storeAll();
        List<Token> tokens = new ArrayList<>();
        Map<TokenKey, Instant> uses = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            Token token = aToken("used");
            transact(repositories -> insert(repositories, token));
            tokens.add(token);
            uses.put(new TokenKey(tenant.id(), token.id()), NOW);
        }

        Map<String, Long> outcomes = Outcomes.of(30, number -> {
            switch (number % 6) {
                case 0 -> transact(repositories -> repositories.users().insert(Users.member(tenant.id())));
                case 1 -> transact(repositories -> repositories.workloads().insert(Workloads.model(tenant.id())));
                case 2 -> transact(repositories -> insert(repositories, aToken("created")));
                case 3 -> database.usageLog().record(uses);
                case 4 ->
                    transact(repositories -> repositories
                            .tokens()
                            .delete(tenant.id(), tokens.get(number % 20).id(), NOW));
                default -> deleteTenant();
            }
        });

        assertThat(outcomes.keySet())
                .isSubsetOf(
                        Outcomes.DONE,
                        ErrorReason.TENANT_NOT_FOUND.name(),
                        ErrorReason.USER_NOT_FOUND.name(),
                        ErrorReason.WORKLOAD_NOT_FOUND.name(),
                        ErrorReason.CONCURRENT_CHANGE.name());
        deleteTenant();
        for (String table : List.of(
                "tenants", "users", "workloads", "tokens", "token_workloads", "token_usage", "deleted_tokens")) {
            assertThat(rowsOfTenant(table)).as(table).isZero();
        }
    }

    @RepeatedTest(5)
    void deletingAllTokensOfAUserWhileTheyAreUsed() {
        storeAll();
        Map<TokenKey, Instant> uses = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            Token token = aToken("used");
            transact(repositories -> insert(repositories, token));
            uses.put(new TokenKey(tenant.id(), token.id()), NOW);
        }

        assertThat(Outcomes.of(10, number -> {
                    if (number == 5) {
                        transact(repositories -> {
                            repositories.users().delete(tenant.id(), owner.id());
                            repositories.tokens().deleteByOwner(tenant.id(), owner.id(), ALL, NOW);
                        });
                    } else {
                        database.usageLog().record(uses);
                    }
                }))
                .isEqualTo(Map.of(Outcomes.DONE, 10L));

        assertNoTokens();
        assertThat(rowsOfTenant("token_usage")).isZero();
    }

    private void storeAll() {
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.workloads().insert(workload);
        });
    }

    private Token aToken(String name) {
        return Tokens.issued(owner, BOUND, Tokens.draft(name, workload.id()));
    }

    private static void insert(Repositories repositories, Token token) {
        repositories.tokens().insert(token, Tokens.digest(token));
    }

    private void toggle(Repositories repositories, Token token) {
        Optional<Token> current =
                repositories.tokens().lock(token.tenantId(), token.id()).map(LockedToken::token);
        current.ifPresent(found -> repositories
                .tokens()
                .update(found.assign(found.workloadIds().isEmpty() ? Set.of(workload.id()) : Set.of(), BOUND, NOW)));
    }

    private List<Token> tokensOf(Repositories repositories) {
        return repositories
                .tokens()
                .page(tenant.id(), TokenFilter.ALL, NOW, PageRequest.first(PageRequest.MAX_SIZE))
                .items();
    }

    private void assertNoTokens() {
        assertThat(rowsOfTenant("tokens")).isZero();
    }

    /** As a call does, in one transaction. */
    private void deleteTenant() {
        calls.runLocally("DeleteTenant", (repositories, changes) -> {
            changes.delete(tenant);
            return tenant;
        });
    }

    private int rowsOfTenant(String table) {
        return database.backdoor().withHandle(handle -> handle.select(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = ?",
                        tenant.id().value())
                .mapTo(Integer.class)
                .one());
    }

    private void transact(Consumer<Repositories> work) {
        database.transactor().inTransaction(repositories -> {
            work.accept(repositories);
            return Boolean.TRUE;
        });
    }
}
