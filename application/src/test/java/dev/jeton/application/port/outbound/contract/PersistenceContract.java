package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Base class of the contract suites. Tests may share a store: each one creates its own tenants and reads nothing else.
 */
public abstract class PersistenceContract {
    /** After every create time in the fixtures. */
    static final Instant LATER = Instant.parse("2026-03-06T11:16:31.654321Z");

    private static final long PATIENCE_MILLIS = 100;

    /** Returns the store under test, always the same within a test. */
    protected abstract Persistence persistence();

    final <T> T inTransaction(Function<Repositories, T> work) {
        return persistence().transactor().inTransaction(work);
    }

    protected final void transact(Consumer<Repositories> work) {
        inTransaction(repositories -> {
            work.accept(repositories);
            return Boolean.TRUE;
        });
    }

    final Snapshot read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        return Outcomes.get(persistence().tokenLookup().read(tokens, workloads).toCompletableFuture());
    }

    final Tenant storedTenant() {
        return stored(Tenants.acme());
    }

    final Tenant stored(Tenant tenant) {
        transact(repositories -> repositories.tenants().insert(tenant));
        return tenant;
    }

    final User stored(User user) {
        transact(repositories -> repositories.users().insert(user));
        return user;
    }

    final Workload stored(Workload workload) {
        transact(repositories -> repositories.workloads().insert(workload));
        return workload;
    }

    final Token stored(Token token) {
        transact(repositories -> repositories.tokens().insert(token, Tokens.digest(token)));
        return token;
    }

    /** Runs {@code other} in a second transaction while the first holds {@code lock}, and returns its outcome. */
    final <T> T waitingFor(Consumer<Repositories> lock, Function<Repositories, T> other) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<T> waiting = inTransaction(repositories -> {
                lock.accept(repositories);
                return startedWhileLocked(thread, other);
            });
            return Outcomes.get(waiting);
        } finally {
            thread.shutdownNow();
        }
    }

    static void assertRefused(ErrorReason reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(JetonException.class, refused -> assertThat(refused.reason())
                .isEqualTo(reason));
    }

    protected static TokenKey key(Token token) {
        return new TokenKey(token.tenantId(), token.id());
    }

    static WorkloadKey key(Workload workload) {
        return new WorkloadKey(workload.tenantId(), workload.id());
    }

    private <T> Future<T> startedWhileLocked(ExecutorService thread, Function<Repositories, T> other) {
        CountDownLatch started = new CountDownLatch(1);
        Future<T> waiting = thread.submit(() -> {
            started.countDown();
            return inTransaction(other);
        });
        try {
            started.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        assertThatThrownBy(() -> waiting.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .as("outcome of the other transaction before the first one ended")
                .isInstanceOf(TimeoutException.class);
        return waiting;
    }
}
