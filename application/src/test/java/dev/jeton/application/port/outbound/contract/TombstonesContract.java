package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.token.Token;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contract of {@link Tombstones}. */
public abstract class TombstonesContract extends PersistenceContract {

    @Test
    void removesOldTombstonesInAllTenants() {
        Token older = deleted(LATER.minusNanos(1_000));
        Token olderElsewhere = deleted(LATER.minusSeconds(60));
        Token justThen = deleted(LATER);
        Token younger = deleted(LATER.plusNanos(1_000));

        persistence().tombstones().removeBefore(LATER);

        assertThat(wasDeleted(older)).isFalse();
        assertThat(wasDeleted(olderElsewhere)).isFalse();
        assertThat(wasDeleted(justThen)).isTrue();
        assertThat(wasDeleted(younger)).isTrue();
    }

    @Test
    void leavesLiveTokensAlone() {
        Token token = stored(Tokens.of(stored(Users.member(storedTenant().id()))));

        persistence().tombstones().removeBefore(LATER.plusSeconds(3_600));

        transact(repositories -> assertThat(repositories.tokens().find(token.tenantId(), token.id()))
                .contains(token));
    }

    private Token deleted(Instant time) {
        Token token = stored(Tokens.of(stored(Users.member(storedTenant().id()))));
        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), time));
        return token;
    }

    private boolean wasDeleted(Token token) {
        return inTransaction(repositories -> repositories.tokens().formerOwner(token.tenantId(), token.id()))
                .isPresent();
    }
}
