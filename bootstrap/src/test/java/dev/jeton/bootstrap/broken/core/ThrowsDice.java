package dev.jeton.bootstrap.broken.core;

import java.util.UUID;

/** Generates a random id. */
public final class ThrowsDice {
    private final UUID id = UUID.randomUUID();

    public UUID id() {
        return id;
    }
}
