package dev.jeton.jdbi.verification;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A map limited to a number of bytes. When it is full, it evicts entries that were not read since the eviction hand last passed (the clock
 * algorithm). Reading changes no reference. A cache in order of use makes the garbage collector visit its entries again, which at 100,000 reads
 * a second of a million entries costs more than the reads. Thread-safe.
 */
final class BoundedMap<K, V extends BoundedMap.Held> {
    private final long maxBytes;
    private final Map<K, V> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private Iterator<Map.Entry<K, V>> hand = Collections.emptyIterator();

    BoundedMap(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A value in the map. */
    abstract static class Held {
        private volatile boolean read;

        /** Approximate size with the key; constant. */
        abstract int bytes();
    }

    @Nullable V get(K key) {
        V held = entries.get(key);
        if (held != null && !((Held) held).read) {
            ((Held) held).read = true;
        }
        return held;
    }

    void put(K key, V held) {
        V before = entries.put(key, held);
        long change = held.bytes() - (before == null ? 0 : before.bytes());
        if (bytes.addAndGet(change) > maxBytes) {
            evict();
        }
    }

    void remove(K key) {
        V before = entries.remove(key);
        if (before != null) {
            bytes.addAndGet(-before.bytes());
        }
    }

    long bytes() {
        return bytes.get();
    }

    private synchronized void evict() {
        while (bytes.get() > maxBytes && handHasNext()) {
            Map.Entry<K, V> next = hand.next();
            V held = next.getValue();
            if (((Held) held).read) {
                ((Held) held).read = false;
            } else if (entries.remove(next.getKey(), held)) {
                bytes.addAndGet(-held.bytes());
            }
        }
    }

    private boolean handHasNext() {
        if (!hand.hasNext()) {
            hand = entries.entrySet().iterator();
        }
        return hand.hasNext();
    }
}
