package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.jdbi.verification.ChangesQuery.Span;
import dev.jeton.jdbi.verification.FreshnessQuery.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
 * Answers from a {@link TokenTable}, and never with anything that the database would not have said after the call. All looks that wait share
 * one question: where do the tenants stand that they concern? What the table holds of a tenant is brought to there before it is used. Looks
 * for what it does not hold share a second question, which is for everything that they need. Those who asked go on with the answer on
 * threads of their own, while the next question is under way. Whoever waits too long is told that the database is unavailable.
 * Thread-safe. See docs/verification.md.
 */
public final class JdbiTokenLookup implements TokenLookup, AutoCloseable {
    /** A tenant that is further behind is read anew. */
    private static final int MAX_STEPS = 1_000;

    /** So that the statements, and whoever waits for them, are not held up by an ever longer list. */
    private static final int MAX_SHARING_A_FRESHNESS_READ = 1_024;

    private static final int MAX_SHARING_A_LOAD = 256;
    private static final Duration EXPIRY_CHECK = Duration.ofMillis(100);

    /** Giving them waits for nothing. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /** The other half is the transport's. */
    private static final int ANSWER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final TokenFactsRowMapper rows = new TokenFactsRowMapper();
    private final TokenTable table;
    private final LookWorker fresh;
    private final LookWorker load;
    private final ExecutorService answers = Executors.newFixedThreadPool(ANSWER_THREADS, daemons("jeton-answers"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("jeton-lookup-timer"));

    /**
     * @param freshness has one connection, for freshness reads alone
     * @param loads for what the table does not hold
     * @param loadSize as many loads at a time
     * @param tableBytes how much memory the table may take, roughly
     * @param timeout from the call to the answer
     */
    public JdbiTokenLookup(Jdbi freshness, Jdbi loads, int loadSize, long tableBytes, Duration timeout) {
        table = new TokenTable(tableBytes);
        load = new LookWorker("jeton-load", loads, loadSize, MAX_SHARING_A_LOAD, this::load);
        // One, because the table is brought forward by one thread only, each time to a later position than the last.
        fresh = new LookWorker("jeton-freshness", freshness, 1, MAX_SHARING_A_FRESHNESS_READ, this::answerFresh);
        Runnable expire = () -> {
            fresh.expire(timeout);
            load.expire(timeout);
        };
        timer.scheduleWithFixedDelay(expire, EXPIRY_CHECK.toMillis(), EXPIRY_CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        Look look = new Look(tokens, workloads);
        fresh.add(look);
        return look;
    }

    @Override
    public void close() {
        fresh.close();
        load.close();
        timer.shutdownNow();
        answers.shutdown();
        try {
            answers.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerFresh(Handle handle, List<Look> looks) {
        Set<TenantId> tenantIds = tenants(looks);
        Freshness freshness = FreshnessQuery.run(handle, tenantIds);
        bringForward(handle, tenantIds, freshness.positions());
        // Room for each caller's token and the one that it asks about; batches make it grow.
        Map<TokenKey, TokenFacts> tokens = new HashMap<>(4 * looks.size());
        Map<WorkloadKey, WorkloadState> workloads = new HashMap<>();
        List<Look> held = new ArrayList<>(looks.size());
        for (Look look : looks) {
            if (collect(look, tokens, workloads)) {
                held.add(look);
            } else {
                load.add(look);
            }
        }
        Snapshot snapshot = new Snapshot(
                freshness.time(), Collections.unmodifiableMap(tokens), Collections.unmodifiableMap(workloads));
        if (!held.isEmpty()) {
            answers.execute(() -> held.forEach(look -> look.complete(snapshot)));
        }
    }

    private void bringForward(Handle handle, Set<TenantId> tenantIds, Map<TenantId, Position> positions) {
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
            Map<TenantId, List<Change>> changes = behind.isEmpty() ? Map.of() : ChangesQuery.run(handle, behind);
            for (TenantId tenantId : changed) {
                table.advance(tenantId, positions.get(tenantId), changes.getOrDefault(tenantId, List.of()));
            }
        }
    }

    private static boolean isWithinReach(Position applied, Position current) {
        long steps = current.number() - applied.number();
        return steps > 0 && steps <= MAX_STEPS;
    }

    /** False if the table lacks something. */
    private boolean collect(Look look, Map<TokenKey, TokenFacts> tokens, Map<WorkloadKey, WorkloadState> workloads) {
        for (TokenKey key : look.tokens()) {
            TokenFacts facts = table.find(key);
            if (facts == null) {
                return false;
            }
            tokens.put(key, facts);
        }
        for (WorkloadKey key : look.workloads()) {
            WorkloadState state = table.find(key);
            if (state == null) {
                return false;
            }
            workloads.put(key, state);
        }
        return true;
    }

    private void load(Handle handle, List<Look> looks) {
        SnapshotQuery.Loaded loaded = query(looks).run(handle, rows);
        table.keep(loaded.snapshot(), loaded.positions());
        looks.forEach(look -> look.complete(loaded.snapshot()));
    }

    private static SnapshotQuery query(Collection<Look> looks) {
        Set<TokenKey> tokens = new HashSet<>();
        Set<WorkloadKey> workloads = new HashSet<>();
        for (Look look : looks) {
            tokens.addAll(look.tokens());
            workloads.addAll(look.workloads());
        }
        return new SnapshotQuery(tokens, workloads);
    }

    private static Set<TenantId> tenants(Collection<Look> looks) {
        Set<TenantId> tenantIds = new HashSet<>();
        for (Look look : looks) {
            for (TokenKey key : look.tokens()) {
                tenantIds.add(key.tenantId());
            }
            for (WorkloadKey key : look.workloads()) {
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
