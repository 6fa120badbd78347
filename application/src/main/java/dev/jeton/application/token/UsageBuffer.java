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
 * Holds when tokens were last used until it is written down: one entry for each token, however often it is used. An entry stays when it is
 * written down, if there is room: made anew for each use, entries would keep the garbage collector busy. Thread-safe.
 *
 * <p>Tokens are written down in the order of their ids, which is that of their creation. Stores that keep together what was made together
 * get through neighbours in half of the time that they need for tokens from here and there.
 */
public final class UsageBuffer {
    private static final int BYTES = 180;
    private static final Comparator<Use> BY_TOKEN_ID =
            Comparator.comparing(use -> use.token.tokenId().value());

    private final long idle;
    private final ConcurrentHashMap<TokenKey, Use> uses = new ConcurrentHashMap<>();
    private final Queue<Use> newcomers = new ConcurrentLinkedQueue<>();

    /** From one round to the next most of it stays in order. */
    private final List<Use> round = new ArrayList<>();

    private int next;

    /** @param idle how many entries may stay though a round has passed without a use */
    public UsageBuffer(long idle) {
        this.idle = idle;
    }

    /** One whose idle entries take about a sixteenth of the memory that this JVM may use for its heap. */
    public static UsageBuffer ofHeap() {
        return new UsageBuffer(Runtime.getRuntime().maxMemory() / 16 / BYTES);
    }

    /** Two uses within a second count as one. */
    public void used(TokenKey token, Instant time) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        Use use = uses.get(token);
        while (use == null || !use.at(micros)) {
            use = uses.compute(token, (same, known) -> known == null || known.hasEnded() ? newcomer(token) : known);
        }
    }

    private Use newcomer(TokenKey token) {
        Use use = new Use(token);
        newcomers.add(use);
        return use;
    }

    /**
     * Hands at most {@code limit} uses to {@code log}, in rounds that come by every token once; keeps them for the next round if that fails.
     *
     * @return whether the round goes on
     */
    public synchronized boolean writeTo(UsageLog log, int limit) {
        if (next == round.size()) {
            beginRound();
        }
        Map<TokenKey, Instant> slice = new HashMap<>();
        Map<Use, Long> written = new HashMap<>();
        while (slice.size() < limit && next < round.size()) {
            Use use = round.get(next++);
            long latest = use.get();
            if (latest != use.written) {
                slice.put(use.token, Instant.EPOCH.plus(latest, ChronoUnit.MICROS));
                written.put(use, latest);
            } else if (uses.mappingCount() > idle && use.end(latest)) {
                uses.remove(use.token, use);
            }
        }
        if (!slice.isEmpty()) {
            log.record(slice);
            written.forEach((use, latest) -> use.written = latest);
        }
        return next < round.size();
    }

    private void beginRound() {
        round.removeIf(Use::hasEnded);
        for (Use use = newcomers.poll(); use != null; use = newcomers.poll()) {
            round.add(use);
        }
        round.sort(BY_TOKEN_ID);
        next = 0;
    }

    /** The latest use of one token, in microseconds since the epoch; and until when that was written down, known to the writer alone. */
    private static final class Use extends AtomicLong {
        private static final long serialVersionUID = 1L;
        private static final long RESOLUTION = 1_000_000;
        private static final long ENDED = Long.MAX_VALUE;

        private final transient TokenKey token;
        private long written = Long.MIN_VALUE;

        Use(TokenKey token) {
            super(Long.MIN_VALUE);
            this.token = token;
        }

        /** False if it has ended. */
        boolean at(long micros) {
            long latest = get();
            while (latest != ENDED && latest < micros - RESOLUTION) {
                if (compareAndSet(latest, micros)) {
                    return true;
                }
                latest = get();
            }
            return latest != ENDED;
        }

        boolean hasEnded() {
            return get() == ENDED;
        }

        /** Whether it ends here: nobody has used it since. */
        boolean end(long latest) {
            return compareAndSet(latest, ENDED);
        }
    }
}
