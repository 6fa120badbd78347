package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupContract;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.user.User;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JdbiTokenLookupIT extends TokenLookupContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }

    @Test
    void whatTokensHaveInCommonIsHeldOnce() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        Token first = Tokens.of(owner);
        Token second = Tokens.of(owner);
        persistence().transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.tokens().insert(first, Tokens.digest(first), 0);
            repositories.tokens().insert(second, Tokens.digest(second), 0);
            return Boolean.TRUE;
        });

        TokenFacts one = held(first);
        TokenFacts other = held(second);

        assertThat(other.tokenId()).isNotEqualTo(one.tokenId());
        assertThat(other.tenantId()).isSameAs(one.tenantId());
        assertThat(other.ownerId()).isSameAs(one.ownerId());
        assertThat(other.scopes()).isSameAs(one.scopes());
        assertThat(other.expiry()).isSameAs(one.expiry());
    }

    private TokenFacts held(Token token) {
        TokenKey key = new TokenKey(token.tenantId(), token.id());
        return persistence()
                .tokenLookup()
                .read(Set.of(key), Set.of())
                .toCompletableFuture()
                .join()
                .tokens()
                .get(key);
    }
}
