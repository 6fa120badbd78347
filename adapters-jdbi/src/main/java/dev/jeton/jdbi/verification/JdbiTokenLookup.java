package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.jdbi.verification.ChangesQuery.Span;
import dev.jeton.jdbi.verification.FreshnessQuery.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Answers lookups from a cache, the {@link TokenTable}, as of a moment after the call. Waiting lookups share one freshness read, which returns
 * the current positions of their tenants; the cache advances to them before it is used. Lookups that miss share one load. Callers must not
 * block where they continue: on separate threads while the next freshness read runs, or on the reading thread if nobody else waits. A lookup
 * that waits too long fails with DATABASE_UNAVAILABLE. Thread-safe. See docs/verification.md.
 */
public final class JdbiTokenLookup implements TokenLookup, AutoCloseable {
    /** The entries of a tenant further behind are dropped and loaded again. */
    private static final int MAX_CHANGES_BEHIND = 1_000;

    /** Of all tenants together. Beyond it, those furthest behind are dropped and loaded again. */
    private static final int MAX_CHANGES_PER_READ = 5_000;

    /** Keeps the statements within their time limit when many callers wait, or few with large batches. */
    private static final int MAX_KEYS_PER_FRESHNESS_READ = 4_096;

    private static final int MAX_KEYS_PER_LOAD = 1_000;

    /** A batch takes longer to decide than to hand over. */
    private static final int MAX_KEYS_ANSWERED_HERE = 4;

    /** Fewer answers take less time than waking a thread. */
    private static final int MIN_SHARE = 8;

    private static final Duration EXPIRY_INTERVAL = Duration.ofMillis(100);

    /** Handing out answers does not block. */
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(1);

    /** The transport uses the other half. */
    private static final int ANSWER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final TokenFactsRowMapper rows = new TokenFactsRowMapper();
    private final TokenTable table;
    private final LookupWorker fresh;
    private final LookupWorker load;
    private final ExecutorService answers = Executors.newFixedThreadPool(ANSWER_THREADS, daemons("jeton-answers"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("jeton-lookup-timer"));

    /**
     * @param freshness connections for freshness reads only; one is used at a time, another replaces it if it is lost
     * @param loads connections for misses
     * @param loadSize how many loads may run at a time
     * @param tableBytes approximate memory limit of the cache
     * @param timeout from the call to the answer
     */
    public JdbiTokenLookup(Jdbi freshness, Jdbi loads, int loadSize, long tableBytes, Duration timeout) {
        table = new TokenTable(tableBytes);
        load = new LookupWorker(
                "jeton-load", loads, loadSize, MAX_KEYS_PER_LOAD, handle -> lookups -> load(handle, lookups));
        // One thread, because only one may advance the cache, each time to a later position.
        fresh = new LookupWorker("jeton-freshness", freshness, 1, MAX_KEYS_PER_FRESHNESS_READ, handle -> {
            FreshnessQuery query = new FreshnessQuery(handle.getConnection());
            return lookups -> answerFresh(handle, query, lookups);
        });
        Runnable expire = () -> {
            fresh.expire(timeout);
            load.expire(timeout);
        };
        timer.scheduleWithFixedDelay(
                expire, EXPIRY_INTERVAL.toMillis(), EXPIRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        PendingLookup lookup = new PendingLookup(tokens, workloads);
        fresh.add(lookup);
        return lookup;
    }

    @Override
    public void close() {
        fresh.close();
        load.close();
        timer.shutdownNow();
        answers.shutdown();
        try {
            answers.awaitTermination(SHUTDOWN_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerFresh(Handle handle, FreshnessQuery query, List<PendingLookup> lookups) {
        Set<TenantId> tenantIds = tenants(lookups);
        Freshness freshness = query.run(tenantIds);
        catchUp(handle, tenantIds, freshness.positions());
        // Room for each caller's token and the token it verifies; batches make the map grow.
        Map<TokenKey, TokenFacts> tokens = new HashMap<>(4 * lookups.size());
        Map<WorkloadKey, WorkloadState> workloads = new HashMap<>();
        List<PendingLookup> held = new ArrayList<>(lookups.size());
        for (PendingLookup lookup : lookups) {
            if (collect(lookup, tokens, workloads)) {
                held.add(lookup);
            } else {
                load.add(lookup);
            }
        }
        Snapshot snapshot = new Snapshot(
                freshness.time(), Collections.unmodifiableMap(tokens), Collections.unmodifiableMap(workloads));
        answer(held, snapshot);
    }

    /** A single caller continues on this thread: to hand it over would take longer. Many are spread over the threads for that. */
    private void answer(List<PendingLookup> held, Snapshot snapshot) {
        if (held.size() == 1 && held.get(0).keys() <= MAX_KEYS_ANSWERED_HERE && fresh.isIdle()) {
            held.get(0).complete(snapshot);
            return;
        }
        int share = Math.max(MIN_SHARE, (held.size() + ANSWER_THREADS - 1) / ANSWER_THREADS);
        for (int start = 0; start < held.size(); start += share) {
            List<PendingLookup> part = held.subList(start, Math.min(start + share, held.size()));
            answers.execute(() -> part.forEach(lookup -> lookup.complete(snapshot)));
        }
    }

    private void catchUp(Handle handle, Set<TenantId> tenantIds, Map<TenantId, Position> positions) {
        List<Span> behind = new ArrayList<>();
        List<TenantId> changed = new ArrayList<>();
        for (TenantId tenantId : tenantIds) {
            Position applied = table.applied(tenantId);
            Position current = positions.get(tenantId);
            if (applied == null ? current != null : !applied.equals(current)) {
                changed.add(tenantId);
                if (applied != null && current != null && isWithinReach(applied, current)) {
                    behind.add(new Span(tenantId, applied, current));
                }
            }
        }
        if (!changed.isEmpty()) {
            Map<TenantId, List<Change>> changes =
                    behind.isEmpty() ? Map.of() : ChangesQuery.run(handle, affordable(behind));
            for (TenantId tenantId : changed) {
                table.advance(tenantId, positions.get(tenantId), changes.getOrDefault(tenantId, List.of()));
            }
        }
    }

    /** Returns as many of the spans, shortest first, as one statement can read in time. */
    static List<Span> affordable(List<Span> spans) {
        List<Span> affordable = new ArrayList<>(spans);
        affordable.sort(Comparator.comparingLong(Span::length));
        long total = 0;
        for (int i = 0; i < affordable.size(); i++) {
            total += affordable.get(i).length();
            if (total > MAX_CHANGES_PER_READ) {
                return affordable.subList(0, i);
            }
        }
        return affordable;
    }

    private static boolean isWithinReach(Position applied, Position current) {
        long steps = current.number() - applied.number();
        return steps > 0 && steps <= MAX_CHANGES_BEHIND;
    }

    /** Returns false on a miss. */
    private boolean collect(
            PendingLookup lookup, Map<TokenKey, TokenFacts> tokens, Map<WorkloadKey, WorkloadState> workloads) {
        for (TokenKey key : lookup.tokens()) {
            TokenFacts facts = table.find(key);
            if (facts == null) {
                return false;
            }
            tokens.put(key, facts);
        }
        for (WorkloadKey key : lookup.workloads()) {
            WorkloadState state = table.find(key);
            if (state == null) {
                return false;
            }
            workloads.put(key, state);
        }
        return true;
    }

    private void load(Handle handle, List<PendingLookup> lookups) {
        SnapshotQuery.Loaded loaded = query(lookups).run(handle, rows);
        table.keep(loaded.snapshot(), loaded.positions());
        lookups.forEach(lookup -> lookup.complete(loaded.snapshot()));
    }

    private static SnapshotQuery query(Collection<PendingLookup> lookups) {
        Set<TokenKey> tokens = new HashSet<>();
        Set<WorkloadKey> workloads = new HashSet<>();
        for (PendingLookup lookup : lookups) {
            tokens.addAll(lookup.tokens());
            workloads.addAll(lookup.workloads());
        }
        return new SnapshotQuery(tokens, workloads);
    }

    private static Set<TenantId> tenants(Collection<PendingLookup> lookups) {
        Set<TenantId> tenantIds = new HashSet<>();
        for (PendingLookup lookup : lookups) {
            for (TokenKey key : lookup.tokens()) {
                tenantIds.add(key.tenantId());
            }
            for (WorkloadKey key : lookup.workloads()) {
                tenantIds.add(key.tenantId());
            }
        }
        return tenantIds;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
