package dev.jeton.application.token;

import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.StoredDigests.Replacement;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.token.SecretDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Buffers new digests that replace stale ones until they are saved, at most one for each token. Holds no secrets. Thread-safe.
 */
public final class StaleDigests {
    /** Further tokens are rehashed at a later verification. */
    static final int MAX_TRACKED = 100_000;

    private final Queue<Replacement> pending = new ConcurrentLinkedQueue<>();

    /**
     * Tokens that are pending or already saved. Cached copies keep the stale digest after the save, and must not be rehashed at each
     * verification.
     */
    private final Set<TokenKey> tracked = ConcurrentHashMap.newKeySet();

    /** @param fresh computes the new digest; called only if the token is not tracked yet */
    public void add(TokenKey token, SecretDigest stale, Supplier<SecretDigest> fresh) {
        if (!tracked.contains(token) && tracked.size() < MAX_TRACKED && tracked.add(token)) {
            pending.add(new Replacement(token, stale, fresh.get()));
        }
    }

    /**
     * Saves at most {@code limit} digests; keeps them if that fails.
     *
     * @return whether more are pending
     */
    public synchronized boolean flushTo(StoredDigests digests, int limit) {
        List<Replacement> slice = new ArrayList<>();
        for (Iterator<Replacement> each = pending.iterator(); slice.size() < limit && each.hasNext(); ) {
            slice.add(each.next());
        }
        if (!slice.isEmpty()) {
            digests.replace(slice);
            slice.forEach(saved -> pending.remove());
        }
        if (pending.isEmpty() && tracked.size() >= MAX_TRACKED) {
            tracked.clear();
        }
        return !pending.isEmpty();
    }
}
