package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.jdbi.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lookups that arrive while the only thread is busy. */
@Timeout(30)
class LookupWorkerIT {
    private static final Snapshot NOTHING = new Snapshot(Instant.EPOCH, Map.of(), Map.of());

    private final List<List<PendingLookup>> worked = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstBegan = new CountDownLatch(1);
    private final CountDownLatch firstMayGoOn = new CountDownLatch(1);
    private LookupWorker worker;

    @AfterEach
    void tearDown() {
        firstMayGoOn.countDown();
        worker.close();
    }

    @Test
    void waitingLookupsShareTheNextTurn() {
        worker = worker(100, handle -> this::answerWhenAllowed);
        PendingLookup first = added();
        await(firstBegan);
        List<PendingLookup> waiting = Stream.generate(this::added).limit(50).toList();

        firstMayGoOn.countDown();
        waiting.forEach(PendingLookup::join);

        assertThat(worked).containsExactly(List.of(first), waiting);
    }

    @Test
    void aLookupThatArrivesDuringATurnDoesNotShareIt() {
        worker = worker(100, handle -> this::answerWhenAllowed);
        PendingLookup first = added();
        await(firstBegan);

        PendingLookup later = added();
        assertThat(later).isNotDone();
        firstMayGoOn.countDown();
        later.join();

        assertThat(worked).containsExactly(List.of(first), List.of(later));
    }

    @Test
    void aTurnWithTheMaximumOfKeysTakesNoMore() {
        worker = worker(2, handle -> this::answerWhenAllowed);
        added();
        await(firstBegan);
        List<PendingLookup> waiting = Stream.generate(this::added).limit(3).toList();

        firstMayGoOn.countDown();
        waiting.forEach(PendingLookup::join);

        assertThat(worked.subList(1, 3)).containsExactly(waiting.subList(0, 2), waiting.subList(2, 3));
    }

    @Test
    void allLookupsOfATurnFailWithIt() {
        worker = worker(100, handle -> lookups -> {
            if (lookups.size() > 1) {
                handle.execute("SELECT pg_terminate_backend(pg_backend_pid())");
            }
            answerWhenAllowed(lookups);
        });
        added();
        await(firstBegan);
        List<PendingLookup> waiting = List.of(added(), added());

        firstMayGoOn.countDown();

        waiting.forEach(LookupWorkerIT::assertUnavailable);
        assertThat(added().join()).isEqualTo(NOTHING);
    }

    @Test
    void waitingLookupsFailOnClose() {
        worker = worker(100, handle -> this::answerWhenAllowed);
        PendingLookup first = added();
        await(firstBegan);
        PendingLookup waiting = added();

        worker.close();

        assertThat(first).isDone();
        assertUnavailable(waiting);
        assertUnavailable(added());
    }

    @Test
    void aLookupThatWaitsTooLongFailsAndItsConnectionIsAborted() {
        worker = worker(100, handle -> lookups -> {
            firstBegan.countDown();
            handle.execute("SELECT pg_sleep(20)");
        });
        PendingLookup first = added();
        await(firstBegan);
        PendingLookup waiting = added();

        worker.expire(Duration.ofMinutes(1));
        assertThat(first).isNotDone();
        assertThat(waiting).isNotDone();

        worker.expire(Duration.ZERO);
        assertUnavailable(first);
        assertUnavailable(waiting);
        assertThat(Duration.ofNanos(timed(worker::close))).isLessThan(Duration.ofSeconds(10));
    }

    /** A turn that begins late is not to blame: it answers the others, and what it loads is kept. */
    @Test
    void aLookupThatExpiresEarlyInItsTurnDoesNotAbortIt() throws InterruptedException {
        CountDownLatch secondBegan = new CountDownLatch(1);
        CountDownLatch secondMayGoOn = new CountDownLatch(1);
        worker = worker(100, handle -> lookups -> {
            if (firstBegan.getCount() == 0) {
                secondBegan.countDown();
                await(secondMayGoOn);
                handle.execute("SELECT 1");
                lookups.forEach(lookup -> lookup.complete(NOTHING));
            } else {
                answerWhenAllowed(lookups);
            }
        });
        added();
        await(firstBegan);
        PendingLookup old = added();
        Thread.sleep(5_000);
        PendingLookup recent = added();
        firstMayGoOn.countDown();
        await(secondBegan);

        worker.expire(Duration.ofMillis(4_500));
        secondMayGoOn.countDown();

        assertUnavailable(old);
        assertThat(recent.join()).isEqualTo(NOTHING);
    }

    /** The next turn begins between the expiry of a lookup and the cut-off of its turn. */
    @Test
    void aCutOffNeverHitsTheNextTurn() {
        CountDownLatch secondBegan = new CountDownLatch(1);
        CountDownLatch secondMayGoOn = new CountDownLatch(1);
        worker = worker(100, handle -> lookups -> {
            if (firstBegan.getCount() == 0) {
                secondBegan.countDown();
                await(secondMayGoOn);
                handle.execute("SELECT 1");
                lookups.forEach(lookup -> lookup.complete(NOTHING));
            } else {
                answerWhenAllowed(lookups);
            }
        });
        PendingLookup first = added();
        await(firstBegan);
        PendingLookup[] second = new PendingLookup[1];
        first.whenComplete((snapshot, failure) -> {
            second[0] = added();
            firstMayGoOn.countDown();
            await(secondBegan);
        });

        worker.expire(Duration.ZERO);
        secondMayGoOn.countDown();

        assertUnavailable(first);
        assertThat(second[0].join()).isEqualTo(NOTHING);
    }

    /** The turn is cut off while it waits for the connection, which it then must not use. */
    @Test
    void aConnectionObtainedAfterTheCutOffIsAborted() {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch mayConnect = new CountDownLatch(1);
        Jdbi direct = TestDatabase.shared().backdoor();
        Jdbi slow = Jdbi.create(() -> {
            connecting.countDown();
            await(mayConnect);
            return direct.open().getConnection();
        });
        worker = new LookupWorker("lookup", slow, 1, 100, handle -> lookups -> {
            if (worked.isEmpty()) {
                worked.add(lookups);
                handle.execute("SELECT pg_sleep(20)");
            }
            lookups.forEach(lookup -> lookup.complete(NOTHING));
        });
        PendingLookup first = added();
        await(connecting);

        worker.expire(Duration.ZERO);
        mayConnect.countDown();

        assertUnavailable(first);
        assertThat(added().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(NOTHING);
    }

    @Test
    void aThreadKeepsItsConnectionUntilATurnFails() {
        AtomicInteger opened = new AtomicInteger();
        Jdbi direct = TestDatabase.shared().backdoor();
        Jdbi counted = Jdbi.create(() -> {
            opened.incrementAndGet();
            return direct.open().getConnection();
        });
        worker = new LookupWorker("lookup", counted, 1, 100, handle -> lookups -> {
            worked.add(lookups);
            handle.execute(worked.size() == 5 ? "SELECT pg_terminate_backend(pg_backend_pid())" : "SELECT 1");
            lookups.forEach(lookup -> lookup.complete(NOTHING));
        });

        for (int turn = 1; turn <= 4; turn++) {
            added().join();
        }
        assertThat(opened).hasValue(1);

        assertUnavailable(added());
        added().join();
        added().join();
        assertThat(opened).hasValue(2);
    }

    @Test
    void anIdleThreadReturnsItsConnection() {
        CountDownLatch returned = new CountDownLatch(1);
        Jdbi direct = TestDatabase.shared().backdoor();
        Jdbi watched = direct.installPlugin(new JdbiPlugin() {
            @Override
            public Handle customizeHandle(Handle handle) {
                handle.addCleanable(returned::countDown);
                return handle;
            }
        });
        worker = new LookupWorker("lookup", watched, 1, 100, handle -> this::answerWhenAllowed);
        firstMayGoOn.countDown();

        added().join();

        await(returned);
    }

    private void answerWhenAllowed(List<PendingLookup> lookups) {
        worked.add(List.copyOf(lookups));
        firstBegan.countDown();
        await(firstMayGoOn);
        lookups.forEach(lookup -> lookup.complete(NOTHING));
    }

    private static LookupWorker worker(int maxKeys, Function<Handle, LookupWorker.Work> work) {
        return new LookupWorker("lookup", TestDatabase.shared().backdoor(), 1, maxKeys, work);
    }

    private PendingLookup added() {
        PendingLookup lookup = new PendingLookup(Set.of(new TokenKey(Tenants.anId(), Tokens.anId())), Set.of());
        worker.add(lookup);
        return lookup;
    }

    private static void assertUnavailable(PendingLookup lookup) {
        assertThat(lookup.orTimeout(10, TimeUnit.SECONDS)
                        .handle((snapshot, failure) ->
                                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                        .join())
                .isInstanceOfSatisfying(JetonException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ErrorReason.DATABASE_UNAVAILABLE));
    }

    private static long timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
