package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JdbiTokenLookupIT extends TokenLookupContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }

    /** That thread must start the next read. */
    @Test
    void callersDoNotContinueOnTheFreshnessThread() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        Token token = Tokens.of(owner);
        store(tenant, owner, token);
        held(token);

        Set<String> threads = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            threads.add(read(token)
                    .thenApply(snapshot -> Thread.currentThread().getName())
                    .join());
        }

        assertThat(threads).noneMatch(name -> name.startsWith("jeton-freshness"));
    }

    @Test
    void equalValuesOfTokensAreHeldOnce() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        Token first = Tokens.of(owner);
        Token second = Tokens.of(owner);
        store(tenant, owner, first, second);

        TokenFacts one = held(first);
        TokenFacts other = held(second);

        assertThat(other.token().tokenId()).isNotEqualTo(one.token().tokenId());
        assertThat(other.token().tenantId()).isSameAs(one.token().tenantId());
        assertThat(other.token().ownerId()).isSameAs(one.token().ownerId());
        assertThat(other.token().scopes()).isSameAs(one.token().scopes());
        assertThat(other.token().expiry()).isSameAs(one.token().expiry());
    }

    private void store(Tenant tenant, User owner, Token... tokens) {
        persistence().transactor().inTransaction(repositories -> {
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
