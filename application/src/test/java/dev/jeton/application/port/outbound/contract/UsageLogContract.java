package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of {@link UsageLog}. */
public abstract class UsageLogContract extends PersistenceContract {

    @Test
    void storesUsesInManyTenants() {
        Token first = storedToken();
        Token second = storedToken();
        Token unused = storedToken();

        record(Map.of(key(first), LATER, key(second), LATER.plusNanos(1_000)));

        assertThat(lastUsed(first)).isEqualTo(LATER);
        assertThat(lastUsed(second)).isEqualTo(LATER.plusNanos(1_000));
        assertThat(find(unused).lastUsedTime()).isNull();
    }

    @Test
    void ignoresEarlierTimes() {
        Token token = storedToken();

        record(Map.of(key(token), LATER));
        record(Map.of(key(token), LATER.plusSeconds(60)));
        record(Map.of(key(token), LATER.plusSeconds(59)));

        assertThat(lastUsed(token)).isEqualTo(LATER.plusSeconds(60));
    }

    @Test
    void keepsTheLatestOfManyConcurrentUses() {
        Token first = storedToken();
        Token second = storedToken();

        assertThat(Outcomes.of(
                        50,
                        number -> record(Map.of(
                                key(first), LATER.plusSeconds(number), key(second), LATER.minusSeconds(number)))))
                .isEqualTo(Map.of(Outcomes.DONE, 50L));

        assertThat(lastUsed(first)).isEqualTo(LATER.plusSeconds(49));
        assertThat(lastUsed(second)).isEqualTo(LATER);
    }

    @Test
    void skipsTokensThatDoNotExist() {
        Token token = storedToken();
        Token deleted = storedToken();
        transact(repositories -> repositories.tokens().delete(deleted.tenantId(), deleted.id(), LATER));
        TokenKey unknown = new TokenKey(token.tenantId(), Tokens.anId());

        record(Map.of(unknown, LATER, key(deleted), LATER, key(token), LATER));

        assertThat(lastUsed(token)).isEqualTo(LATER);
        transact(repositories -> assertThat(repositories.tokens().find(deleted.tenantId(), deleted.id()))
                .isEmpty());
    }

    @Test
    void skipsATokenOfAnotherTenant() {
        Token token = storedToken();

        record(Map.of(new TokenKey(storedTenant().id(), token.id()), LATER));

        assertThat(find(token)).isEqualTo(token);
    }

    @Test
    void acceptsAnEmptyMap() {
        record(Map.of());
    }

    @Test
    void keepsTheRevision() {
        Token token = storedToken();

        record(Map.of(key(token), LATER));

        assertThat(find(token).revision()).isEqualTo(token.revision());
        Token changed = Tokens.cancelled(token, "leaked", LATER);
        transact(repositories -> repositories.tokens().update(changed));
        assertThat(find(token).revision()).isEqualTo(changed.revision());
    }

    @Test
    void anUpdateKeepsTheLastUsedTime() {
        Token token = storedToken();
        Token changed = token.update(
                new TokenChange(null, new FreeText("read before it was used"), ExpirationChoice.unspecified(), null),
                TokenPolicy.DEFAULT,
                LATER);

        record(Map.of(key(token), LATER));
        transact(repositories -> repositories.tokens().update(changed));

        assertThat(find(token).description()).isEqualTo(changed.description());
        assertThat(lastUsed(token)).isEqualTo(LATER);
    }

    private void record(Map<TokenKey, Instant> lastUsed) {
        persistence().usageLog().record(lastUsed);
    }

    private Token storedToken() {
        return stored(Tokens.of(stored(Users.member(storedTenant().id()))));
    }

    private Token find(Token token) {
        return inTransaction(repositories ->
                repositories.tokens().find(token.tenantId(), token.id()).orElseThrow());
    }

    private Instant lastUsed(Token token) {
        Instant lastUsed = find(token).lastUsedTime();
        assertThat(lastUsed).isNotNull();
        return lastUsed;
    }
}
