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

        /** As the map counts it. Changes only while the value is in the map, and under the lock of its entry. */
        private int counted;

        /** Approximate size with the key. After a change call {@link #resized}. */
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
        ((Held) held).counted = held.bytes();
        V before = entries.put(key, held);
        count(((Held) held).counted - (before == null ? 0 : ((Held) before).counted));
    }

    /** Counts the new size of a value, if it is still in the map. */
    void resized(K key, V held) {
        int[] change = new int[1];
        entries.computeIfPresent(key, (same, current) -> {
            if (current == held) {
                change[0] = held.bytes() - ((Held) held).counted;
                ((Held) held).counted += change[0];
            }
            return current;
        });
        count(change[0]);
    }

    void remove(K key) {
        V before = entries.remove(key);
        if (before != null) {
            bytes.addAndGet(-((Held) before).counted);
        }
    }

    private void count(int change) {
        if (bytes.addAndGet(change) > maxBytes) {
            evict();
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
                bytes.addAndGet(-((Held) held).counted);
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
