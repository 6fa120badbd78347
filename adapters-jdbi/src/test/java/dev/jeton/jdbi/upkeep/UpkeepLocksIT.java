package dev.jeton.jdbi.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.StoredDigests.Replacement;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.jdbi.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upkeep waits for no row while it holds another. A deletion of two tokens, in the order that is worst for it, is under way: it has deleted the
 * second one, and deletes the first when upkeep waits for it.
 */
class UpkeepLocksIT {
    private static final Instant LAST_YEAR = Instant.parse("2025-03-05T12:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecretDigest STALE = new SecretDigest("sha256", new byte[32]);
    private static final SecretDigest FRESH = new SecretDigest("hmac-1", new byte[32]);

    private static TestDatabase database;

    private final Tenant tenant = Tenants.acme();
    private final User owner = Users.member(tenant.id());
    private final Token first = Tokens.of(owner);
    private final Token second = Tokens.of(owner);
    private final Token third = Tokens.of(owner);

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void store() {
        database.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            for (Token token : List.of(first, second, third)) {
                repositories.tokens().insert(token, STALE);
            }
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lastUsedTimes(boolean usedBefore) {
        database.usageLog().record(Map.of(key(first), LAST_YEAR));
        if (usedBefore) {
            database.usageLog().record(Map.of(key(second), LAST_YEAR));
        }

        whileBothAreDeleted(
                () -> database.usageLog().record(Map.of(key(first), NOW, key(second), NOW, key(third), NOW)));

        List<Instant> stored = database.backdoor().withHandle(handle -> handle.createQuery(
                        "SELECT last_used_time FROM token_usage WHERE tenant_id = :tenantId")
                .bind("tenantId", tenant.id().value())
                .mapTo(Instant.class)
                .list());
        assertThat(stored).containsExactly(NOW);
    }

    @Test
    void storedDigests() {
        whileBothAreDeleted(() ->
                database.storedDigests().replace(List.of(replacement(first), replacement(second), replacement(third))));

        List<String> stored = database.backdoor()
                .withHandle(handle -> handle.createQuery("SELECT secret_scheme FROM tokens WHERE tenant_id = :tenantId")
                        .bind("tenantId", tenant.id().value())
                        .mapTo(String.class)
                        .list());
        assertThat(stored).containsExactly(FRESH.scheme());
    }

    @Test
    void purgesSkipWhatOthersHaveLocked() {
        database.transactor().inTransaction(repositories -> {
            repositories.tokens().delete(tenant.id(), first.id(), LAST_YEAR);
            return true;
        });

        database.backdoor().useTransaction(handle -> {
            handle.execute(
                    "SELECT FROM deleted_tokens WHERE tenant_id = ? FOR UPDATE",
                    tenant.id().value());
            assertThat(CompletableFuture.runAsync(() -> database.tombstones().removeBefore(NOW)))
                    .succeedsWithin(PATIENCE.dividedBy(2));
        });
        assertThat(tombstones()).isOne();
        database.tombstones().removeBefore(NOW);
        assertThat(tombstones()).isZero();
    }

    private void whileBothAreDeleted(Runnable upkeep) {
        CompletableFuture<Void> running;
        try (Handle deletion = database.backdoor().open()) {
            // Of two in a deadlock, the one that looks first fails: this one, while the other has been waiting.
            deletion.execute("SET deadlock_timeout = '1ms'");
            deletion.begin();
            delete(deletion, second);
            running = CompletableFuture.runAsync(upkeep);
            awaitWaiting(running);
            delete(deletion, first);
            deletion.commit();
        }
        assertThat(running).succeedsWithin(PATIENCE);
    }

    private static void delete(Handle handle, Token token) {
        int deleted = handle.execute(
                "DELETE FROM tokens WHERE tenant_id = ? AND token_id = ?",
                token.tenantId().value(),
                token.id().value());
        assertThat(deleted).isOne();
    }

    /** Waits until upkeep has waited for longer than the server's deadlock timeout of 50 ms, or is done. */
    private static void awaitWaiting(CompletableFuture<?> running) {
        while (!running.isDone() && !isWaiting()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    private static boolean isWaiting() {
        return database.backdoor()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity
                                       WHERE datname = current_database() AND wait_event_type = 'Lock')
                        """).mapTo(Boolean.class).one());
    }

    private int tombstones() {
        return database.backdoor().withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM deleted_tokens WHERE tenant_id = :tenantId")
                .bind("tenantId", tenant.id().value())
                .mapTo(Integer.class)
                .one());
    }

    private static TokenKey key(Token token) {
        return new TokenKey(token.tenantId(), token.id());
    }

    private static Replacement replacement(Token token) {
        return new Replacement(key(token), STALE, FRESH);
    }
}
