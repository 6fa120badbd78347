package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenIssuance.Issued;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenIssuanceContract;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.jdbi.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JdbiTokenIssuanceIT extends TokenIssuanceContract {
    private static final TestDatabase DATABASE = TestDatabase.shared();

    @Override
    protected Persistence persistence() {
        return DATABASE;
    }

    /** One thread may take the first of them alone. */
    @Test
    void requestsThatWaitShareATransaction() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < JdbiTokenIssuance.THREADS; i++) {
            busy.add(busy(free));
        }
        Queue<Token> stored = new ConcurrentLinkedQueue<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            User owner = storedOwner(TokenPolicy.DEFAULT);
            waiting.add(started(() ->
                    issued(owner, Tokens.draft("shared")).map(Issued::token).ifPresent(stored::add)));
        }
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        free.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        for (Thread thread : busy) {
            thread.join();
        }

        assertThat(stored).hasSize(20);
        assertThat(transactions(stored)).isLessThanOrEqualTo(JdbiTokenIssuance.THREADS);
    }

    @Test
    void waitsForNoOneWhoHoldsTheOwner() {
        User owner = storedOwner(TokenPolicy.DEFAULT);

        transact(repositories -> {
            repositories.users().lockForDelete(owner.tenantId(), owner.id());
            assertThat(issued(owner, Tokens.draft("not now"))).isEmpty();
        });

        assertThat(issued(owner, Tokens.draft("now"))).isPresent();
    }

    private Thread busy(CountDownLatch free) throws InterruptedException {
        User owner = storedOwner(TokenPolicy.DEFAULT);
        CountDownLatch deciding = new CountDownLatch(1);
        Thread thread = started(() -> persistence().tokenIssuance().issue(needs(owner), null, terms -> {
            deciding.countDown();
            try {
                free.await();
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
            return made(owner, Tokens.draft("busy"), terms);
        }));
        deciding.await();
        return thread;
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static int transactions(Queue<Token> tokens) {
        return DATABASE.backdoor().withHandle(handle -> handle.createQuery(
                        "SELECT count(DISTINCT xmin::text) FROM tokens WHERE token_id = ANY (:ids)")
                .bind("ids", tokens.stream().map(token -> token.id().value()).toArray(UUID[]::new))
                .mapTo(Integer.class)
                .one());
    }
}
