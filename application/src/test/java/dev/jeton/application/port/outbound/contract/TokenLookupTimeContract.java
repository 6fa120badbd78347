package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract of {@link TokenLookup}: the instant of a read. */
public abstract class TokenLookupTimeContract extends PersistenceContract {
    private static final int ROUNDS = 100;
    private static final int READERS = 4;

    @Test
    void timeDoesNotRunBackwards() {
        Snapshot first = read(Set.of(), Set.of());
        Snapshot second = read(Set.of(), Set.of());

        assertThat(second.time()).isAfterOrEqualTo(first.time());
    }

    @Test
    void aSnapshotIsImmutable() {
        Token token = storedToken();
        Snapshot before = read(Set.of(key(token)), Set.of());

        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER));

        assertThat(before.tokens()).containsOnlyKeys(key(token));
    }

    @Test
    void seesEveryEarlierCommitUnderConcurrentReads() {
        Token token = storedToken();
        AtomicBoolean done = new AtomicBoolean();

        whileReading(token, done, () -> {
            Token current = token;
            for (int round = 0; round < ROUNDS; round++) {
                current = changed(current, round);
                Token next = current;
                transact(repositories -> repositories.tokens().update(next));
                assertThat(isCancelled(token)).as("in round %d", round).isEqualTo(round % 2 == 0);
            }
            done.set(true);
        });
    }

    @Test
    void seesAllOfACommitOrNothing() {
        Token token = storedToken();
        Token elsewhere = storedToken();
        Workload workload = stored(Workloads.model(storedTenant().id()));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = thread.submit(() -> toggleTogether(token, elsewhere, workload));
            boolean last;
            do {
                last = writing.isDone();
                Snapshot snapshot = read(Set.of(key(token), key(elsewhere)), Set.of(key(workload)));
                boolean cancelled = snapshot.tokens().get(key(token)).cancelled();
                assertThat(snapshot.tokens().get(key(elsewhere)).cancelled()).isEqualTo(cancelled);
                assertThat(snapshot.workloads().get(key(workload)))
                        .isEqualTo(cancelled ? WorkloadState.DISABLED : WorkloadState.ACTIVE);
            } while (!last);
            Outcomes.get(writing);
        } finally {
            thread.shutdownNow();
        }
    }

    private void whileReading(Token token, AtomicBoolean done, Runnable work) {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                running.add(readers.submit(() -> {
                    while (!done.get()) {
                        isCancelled(token);
                    }
                }));
            }
            work.run();
            running.forEach(Outcomes::get);
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    private void toggleTogether(Token token, Token elsewhere, Workload workload) {
        Token one = token;
        Token other = elsewhere;
        Workload third = workload;
        for (int round = 0; round < ROUNDS; round++) {
            one = changed(one, round);
            other = changed(other, round);
            third = round % 2 == 0 ? third.disable(LATER) : third.enable(LATER);
            Token first = one;
            Token second = other;
            Workload last = third;
            transact(repositories -> {
                repositories.tokens().update(first);
                repositories.tokens().update(second);
                repositories.workloads().update(last);
            });
        }
    }

    private boolean isCancelled(Token token) {
        return read(Set.of(key(token)), Set.of()).tokens().get(key(token)).cancelled();
    }

    private Token storedToken() {
        return stored(Tokens.of(stored(Users.member(storedTenant().id()))));
    }

    private static Token changed(Token token, int round) {
        return round % 2 == 0 ? Tokens.cancelled(token, "leaked", LATER) : token.reactivate(Role.MEMBER, LATER);
    }
}
