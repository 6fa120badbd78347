package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.Tombstones;
import java.time.Instant;

/** Removes tombstones. Thread-safe. */
final class InMemoryTombstones implements Tombstones {
    private final Store store;

    InMemoryTombstones(Store store) {
        this.store = store;
    }

    @Override
    public void removeBefore(Instant time) {
        store.change(state -> state.tombstones
                .values()
                .removeIf(tombstone -> tombstone.deleteTime().isBefore(time)));
    }
}
