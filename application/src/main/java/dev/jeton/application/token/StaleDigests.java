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
 * Holds the digests that are to take the place of stale ones until they are written down: no secrets, and each token once. Thread-safe.
 */
public final class StaleDigests {
    /** More tokens than this wait for their next verification. */
    static final int MOST = 100_000;

    private final Queue<Replacement> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Those that wait, and those that have been written: what a server has read of a token stays what it was, so that the stale digest is met
     * again and again, and must not be hashed anew each time.
     */
    private final Set<TokenKey> noted = ConcurrentHashMap.newKeySet();

    /** @param fresh asked only if this token is not noted yet */
    public void note(TokenKey token, SecretDigest stale, Supplier<SecretDigest> fresh) {
        if (!noted.contains(token) && noted.size() < MOST && noted.add(token)) {
            waiting.add(new Replacement(token, stale, fresh.get()));
        }
    }

    /**
     * Hands at most {@code limit} to {@code digests}; keeps them if that fails.
     *
     * @return whether there are others
     */
    public synchronized boolean writeTo(StoredDigests digests, int limit) {
        List<Replacement> slice = new ArrayList<>();
        for (Iterator<Replacement> each = waiting.iterator(); slice.size() < limit && each.hasNext(); ) {
            slice.add(each.next());
        }
        if (!slice.isEmpty()) {
            digests.replace(slice);
            slice.forEach(written -> waiting.remove());
        }
        if (waiting.isEmpty() && noted.size() >= MOST) {
            noted.clear();
        }
        return !waiting.isEmpty();
    }
}
