package dev.jeton.bootstrap.broken.core;

import java.time.Instant;

/** Takes the time from nowhere. */
public final class LooksAtTheClock {
    private final Instant made = Instant.now();

    public Instant made() {
        return made;
    }
}
