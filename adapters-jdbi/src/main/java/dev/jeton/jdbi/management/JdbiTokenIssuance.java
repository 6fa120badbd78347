package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.jdbi.management.IssuanceStatements.Made;
import dev.jeton.jdbi.sql.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers tokens: those that arrive while all threads are busy share the next transaction, and one that arrives alone has a transaction at
 * once. A transaction takes two round trips, whatever its size. Thread-safe.
 */
public final class JdbiTokenIssuance implements TokenIssuance, AutoCloseable {
    /** While one transaction commits, the next is prepared. */
    public static final int THREADS = 2;

    static final int MAX_TOGETHER = 32;

    private static final Logger LOG = LoggerFactory.getLogger(JdbiTokenIssuance.class);

    private final Transactions transactions;
    private final BlockingQueue<Request<?>> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads;
    private volatile boolean closed;

    /** @param transactions on connections with the role {@link dev.jeton.jdbi.sql.DatabaseRole#ISSUANCE} */
    public JdbiTokenIssuance(Transactions transactions) {
        this.transactions = transactions;
        threads = IntStream.rangeClosed(1, THREADS)
                .mapToObj(number -> new Thread(this::work, "jeton-issuance-" + number))
                .toList();
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public <T> Optional<T> issue(Needs needs, @Nullable FirstRequest first, Function<Terms, Issued<T>> decide) {
        Request<T> request = new Request<>(needs, first, decide);
        waiting.add(request);
        if (closed) {
            failWaiting();
        }
        try {
            return request.outcome.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Unavailable unavailable ? unavailable : failure;
        }
    }

    /** Ends the threads after their current transaction. Tokens that still wait fail. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        failWaiting();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void failWaiting() {
        waiting.forEach(request -> request.outcome.completeExceptionally(
                new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "The server is shutting down.", null)));
    }

    private void work() {
        while (!closed) {
            List<Request<?>> together = new ArrayList<>();
            try {
                together.add(waiting.take());
            } catch (InterruptedException closing) {
                return;
            }
            // Let threads that are about to add a request go first: a larger transaction costs less for each token.
            Thread.yield();
            waiting.drainTo(together, MAX_TOGETHER - 1);
            store(together);
        }
    }

    private void store(List<Request<?>> together) {
        try {
            Set<TokenId> stored = transactions.run(handle -> {
                IssuanceStatements statements = new IssuanceStatements(handle);
                HeldOwners held = statements.hold(
                        together.stream().flatMap(Request::tenantIds).collect(Collectors.toSet()),
                        together.stream().map(request -> request.needs).toList());
                together.forEach(request -> request.decide(held));
                return statements.insert(together.stream()
                        .<Made<?>>flatMap(request -> request.made.stream())
                        .toList());
            });
            together.forEach(request -> request.complete(stored));
        } catch (Unavailable unavailable) {
            together.forEach(request -> request.outcome.completeExceptionally(unavailable));
        } catch (RuntimeException | Error unexpected) {
            LOG.warn("Failed to create {} tokens together, so each is created by itself", together.size(), unexpected);
            together.forEach(request -> request.complete(Set.of()));
        }
    }

    private static final class Request<T> {
        final Needs needs;
        final CompletableFuture<Optional<T>> outcome = new CompletableFuture<>();
        private final @Nullable FirstRequest first;
        private final Function<Terms, Issued<T>> decide;
        private Optional<Made<T>> made = Optional.empty();

        Request(Needs needs, @Nullable FirstRequest first, Function<Terms, Issued<T>> decide) {
            this.needs = needs;
            this.first = first;
            this.decide = decide;
        }

        /** Of all rows that it reads and writes. */
        Stream<TenantId> tenantIds() {
            return first == null
                    ? Stream.of(needs.tenantId())
                    : Stream.of(needs.tenantId(), first.key().tenantId());
        }

        void decide(HeldOwners held) {
            made = held.terms(needs).flatMap(this::made);
        }

        /** Whatever it throws, the caller meets again on its own. */
        private Optional<Made<T>> made(Terms terms) {
            try {
                return Optional.of(new Made<>(decide.apply(terms), first));
            } catch (RuntimeException refused) {
                return Optional.empty();
            }
        }

        void complete(Set<TokenId> stored) {
            outcome.complete(made.map(Made::issued)
                    .filter(issued -> stored.contains(issued.token().id()))
                    .map(Issued::result));
        }
    }
}
