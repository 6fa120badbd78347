package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    private static final int MAX_BYTES = 1_000;

    private final BoundedMap<Integer, Item> map = new BoundedMap<>(MAX_BYTES);

    @Test
    void holdsWhatFits() {
        for (int key = 0; key < 10; key++) {
            map.put(key, new Item(100));
        }

        assertThat(map.bytes()).isEqualTo(MAX_BYTES);
        for (int key = 0; key < 10; key++) {
            assertThat(map.get(key)).isNotNull();
        }
    }

    @Test
    void evictsEntriesNotReadSinceTheHandPassed() {
        for (int key = 0; key < 10; key++) {
            map.put(key, new Item(100));
        }
        for (int key = 0; key < 10; key += 2) {
            map.get(key);
        }

        for (int key = 10; key < 15; key++) {
            map.put(key, new Item(100));
            map.get(key);
        }

        assertThat(map.bytes()).isEqualTo(MAX_BYTES);
        for (int key = 0; key < 10; key += 2) {
            assertThat(map.get(key)).as("entry %d, which was read", key).isNotNull();
        }
    }

    @Test
    void countsAReplacementOnce() {
        map.put(1, new Item(100));
        map.put(1, new Item(300));
        assertThat(map.bytes()).isEqualTo(300);

        map.remove(1);
        map.remove(1);
        assertThat(map.bytes()).isZero();
        assertThat(map.get(1)).isNull();
    }

    @Test
    void doesNotHoldAValueLargerThanTheLimit() {
        map.put(1, new Item(MAX_BYTES + 1));

        assertThat(map.bytes()).isZero();
    }

    @Test
    void staysWithinItsLimitUnderConcurrentPutsAndRemoves() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            int seed = thread;
            threads.execute(() -> {
                for (int i = 0; i < 50_000; i++) {
                    int key = (i * 31 + seed * 7) % 50;
                    if (i % 5 == seed) {
                        map.remove(key);
                    } else {
                        map.put(key, new Item(i % 90 + 1));
                        map.get(key);
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(map.bytes()).isBetween(0L, (long) MAX_BYTES);
        for (int key = 0; key < 50; key++) {
            map.remove(key);
        }
        assertThat(map.bytes()).isZero();
    }

    private static final class Item extends BoundedMap.Held {
        private final int bytes;

        Item(int bytes) {
            this.bytes = bytes;
        }

        @Override
        int bytes() {
            return bytes;
        }
    }
}
