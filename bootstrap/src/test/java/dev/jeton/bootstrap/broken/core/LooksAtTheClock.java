package dev.jeton.bootstrap.broken.core;

import java.time.Instant;

/** Reads the system clock. */
public final class LooksAtTheClock {
    private final Instant made = Instant.now();

    public Instant made() {
        return made;
    }
}
