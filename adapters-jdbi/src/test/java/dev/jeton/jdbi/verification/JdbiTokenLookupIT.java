package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupContract;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.jdbi.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class JdbiTokenLookupIT extends TokenLookupContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }

    /** That thread must start the next read. */
    @Test
    void callersThatShareAReadDoNotContinueOnItsThread() {
        assertThat(threads(20, 1)).noneMatch(name -> name.startsWith("jeton-freshness"));
    }

    @Test
    void aLoneCallerContinuesOnTheReadingThread() {
        assertThat(threads(1, 1)).containsOnly("jeton-freshness-1");
    }

    @Test
    void aBatchDoesNot() {
        assertThat(threads(1, 5)).noneMatch(name -> name.startsWith("jeton-freshness"));
    }

    /** Returns where that many callers of that many cached tokens continue, who arrive during one read. */
    private static Set<String> threads(int callers, int tokensEach) {
        try (TestDatabase database = TestDatabase.fresh();
                Handle blocking = database.backdoor().open()) {
            Tenant tenant = Tenants.acme();
            User owner = Users.member(tenant.id());
            Token[] tokens =
                    Stream.generate(() -> Tokens.of(owner)).limit(tokensEach).toArray(Token[]::new);
            store(database, tenant, owner, tokens);
            Set<TokenKey> keys = Stream.of(tokens).map(JdbiTokenLookupIT::key).collect(Collectors.toSet());
            database.tokenLookup().read(keys, Set.of()).toCompletableFuture().join();
            blocking.begin();
            blocking.execute("LOCK TABLE tenant_positions");
            List<CompletableFuture<String>> threads = Stream.generate(() -> database.tokenLookup()
                            .read(keys, Set.of())
                            .thenApply(snapshot -> Thread.currentThread().getName())
                            .toCompletableFuture())
                    .limit(callers)
                    .toList();
            blocking.rollback();
            return threads.stream().map(CompletableFuture::join).collect(Collectors.toSet());
        }
    }

    @Test
    void equalValuesOfTokensAreHeldOnce() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        Token first = Tokens.of(owner);
        Token second = Tokens.of(owner);
        store(persistence(), tenant, owner, first, second);

        TokenFacts one = held(first);
        TokenFacts other = held(second);

        assertThat(other.token().tokenId()).isNotEqualTo(one.token().tokenId());
        assertThat(other.token().tenantId()).isSameAs(one.token().tenantId());
        assertThat(other.token().ownerId()).isSameAs(one.token().ownerId());
        assertThat(other.token().scopes()).isSameAs(one.token().scopes());
        assertThat(other.token().expiry()).isSameAs(one.token().expiry());
    }

    private static void store(Persistence persistence, Tenant tenant, User owner, Token... tokens) {
        persistence.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            for (Token token : tokens) {
                repositories.tokens().insert(token, Tokens.digest(token));
            }
            return Boolean.TRUE;
        });
    }

    private TokenFacts held(Token token) {
        return read(token).join().tokens().get(key(token));
    }

    private CompletableFuture<Snapshot> read(Token token) {
        return persistence().tokenLookup().read(Set.of(key(token)), Set.of()).toCompletableFuture();
    }
}
