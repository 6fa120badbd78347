package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to looks that arrive while the only thread is busy with another one. */
class SharedLooksIT {
    private static final int WAITING = 100;

    private final TestDatabase database = TestDatabase.shared();
    private final AtomicInteger statements = new AtomicInteger();
    private final CountDownLatch firstBegan = new CountDownLatch(1);
    private final CountDownLatch firstMayGoOn = new CountDownLatch(1);
    private JdbiTokenLookup lookup;
    private List<Token> tokens;

    @BeforeEach
    void setUp() {
        tokens = storedTokens();
        Jdbi jdbi = Database.jdbi(ConnectionPools.forMigrations(database.settings()));
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                if (statements.incrementAndGet() == 1) {
                    firstBegan.countDown();
                    await(firstMayGoOn);
                }
            }
        });
        lookup = new JdbiTokenLookup(jdbi, 1, Duration.ofSeconds(20));
    }

    @AfterEach
    void tearDown() {
        firstMayGoOn.countDown();
        lookup.close();
    }

    @Test
    void looksThatWaitShareOneStatementAndEachFindsItsOwn() {
        CompletableFuture<Snapshot> first = read(tokens.get(0));
        await(firstBegan);
        List<CompletableFuture<Snapshot>> waiting =
                tokens.stream().map(this::read).toList();
        firstMayGoOn.countDown();

        assertThat(first.join().tokens()).containsKey(key(tokens.get(0)));
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(waiting.get(i).join().tokens()).containsKey(key(tokens.get(i)));
        }
        assertThat(statements).hasValue(2);
    }

    @Test
    void aLookThatArrivesAfterAStatementBeganDoesNotShareIt() {
        CompletableFuture<Snapshot> first = read(tokens.get(0));
        await(firstBegan);
        delete(tokens.get(1));
        CompletableFuture<Snapshot> later = read(tokens.get(1));
        assertThat(later).isNotDone();
        firstMayGoOn.countDown();

        assertThat(later.join().time()).isAfter(first.join().time());
        assertThat(later.join().tokens()).doesNotContainKey(key(tokens.get(1)));
        assertThat(statements).hasValue(2);
    }

    @Test
    void looksThatStillWaitAreRefusedWhenItIsClosed() {
        CompletableFuture<Snapshot> first = read(tokens.get(0));
        await(firstBegan);
        CompletableFuture<Snapshot> waiting = read(tokens.get(1));
        lookup.close();

        assertThat(first).isDone();
        assertThat(waiting.handle((snapshot, failure) -> failure).join()).isInstanceOf(CompletionException.class);
    }

    private void delete(Token token) {
        database.transactor().inTransaction(repositories -> {
            repositories.tokens().delete(token.tenantId(), token.id(), Instant.now());
            return token;
        });
    }

    private CompletableFuture<Snapshot> read(Token token) {
        return lookup.read(Set.of(key(token)), Set.of()).toCompletableFuture();
    }

    private static TokenKey key(Token token) {
        return new TokenKey(token.tenantId(), token.id());
    }

    private List<Token> storedTokens() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        List<Token> stored = new ArrayList<>();
        database.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            for (int i = 0; i < WAITING; i++) {
                Token token = Tokens.of(owner);
                repositories.tokens().insert(token, Tokens.digest(token), 0);
                stored.add(token);
            }
            return stored;
        });
        return stored;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
