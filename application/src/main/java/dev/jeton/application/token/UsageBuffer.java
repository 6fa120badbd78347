package dev.jeton.application.token;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Buffers last-used times until they are saved, one entry for each token. Entries stay after a save if there is room, because recreating
 * them at each use would burden the garbage collector. Thread-safe.
 *
 * <p>Tokens are saved in the order of their ids, which is the order of creation. Stores that cluster rows by creation update neighbours
 * in half the time of scattered rows.
 */
public final class UsageBuffer {
    private static final int BYTES = 180;
    private static final Comparator<Use> BY_TOKEN_ID =
            Comparator.comparing(use -> use.token.tokenId().value());

    private final long maxIdle;
    private final ConcurrentHashMap<TokenKey, Use> uses = new ConcurrentHashMap<>();
    private final Queue<Use> added = new ConcurrentLinkedQueue<>();

    /** Mostly sorted from the previous round. */
    private final List<Use> round = new ArrayList<>();

    private int next;

    /** @param maxIdle the size above which entries not used for a round are evicted */
    public UsageBuffer(long maxIdle) {
        this.maxIdle = maxIdle;
    }

    /** Returns a buffer whose idle entries take up to about 1/16 of the maximum heap. */
    public static UsageBuffer sizedForHeap() {
        return new UsageBuffer(Runtime.getRuntime().maxMemory() / 16 / BYTES);
    }

    /** Records a use. Uses of a token within a second of the last recorded one are ignored. */
    public void record(TokenKey token, Instant time) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        Use use = uses.get(token);
        while (use == null || !use.update(micros)) {
            use = uses.compute(token, (same, known) -> known == null || known.isEvicted() ? add(token) : known);
        }
    }

    private Use add(TokenKey token) {
        Use use = new Use(token);
        added.add(use);
        return use;
    }

    /**
     * Saves at most {@code limit} last-used times. Each round covers every token once. Uses that cannot be saved stay for the next round.
     *
     * @return whether the round has more tokens
     */
    public synchronized boolean flushTo(UsageLog log, int limit) {
        if (next == round.size()) {
            beginRound();
        }
        Map<TokenKey, Instant> slice = new HashMap<>();
        Map<Use, Long> saved = new HashMap<>();
        while (slice.size() < limit && next < round.size()) {
            Use use = round.get(next++);
            long latest = use.get();
            if (latest != use.saved) {
                slice.put(use.token, Instant.EPOCH.plus(latest, ChronoUnit.MICROS));
                saved.put(use, latest);
            } else if (uses.mappingCount() > maxIdle && use.evict(latest)) {
                uses.remove(use.token, use);
            }
        }
        if (!slice.isEmpty()) {
            log.record(slice);
            saved.forEach((use, latest) -> use.saved = latest);
        }
        return next < round.size();
    }

    private void beginRound() {
        round.removeIf(Use::isEvicted);
        for (Use use = added.poll(); use != null; use = added.poll()) {
            round.add(use);
        }
        round.sort(BY_TOKEN_ID);
        next = 0;
    }

    /** The latest use of one token, in microseconds since the epoch, and the value saved last, which only the flushing thread reads. */
    private static final class Use extends AtomicLong {
        private static final long serialVersionUID = 1L;
        private static final long RESOLUTION = 1_000_000;
        private static final long EVICTED = Long.MAX_VALUE;

        private final transient TokenKey token;
        private long saved = Long.MIN_VALUE;

        Use(TokenKey token) {
            super(Long.MIN_VALUE);
            this.token = token;
        }

        /** Returns false if the entry was evicted. */
        boolean update(long micros) {
            long latest = get();
            while (latest != EVICTED && latest < micros - RESOLUTION) {
                if (compareAndSet(latest, micros)) {
                    return true;
                }
                latest = get();
            }
            return latest != EVICTED;
        }

        boolean isEvicted() {
            return get() == EVICTED;
        }

        /** Evicts the entry unless it was used since {@code latest}. */
        boolean evict(long latest) {
            return compareAndSet(latest, EVICTED);
        }
    }
}
