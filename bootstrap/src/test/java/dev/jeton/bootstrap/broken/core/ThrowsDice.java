package dev.jeton.bootstrap.broken.core;

import java.util.UUID;

/** Takes chance from nowhere. */
public final class ThrowsDice {
    private final UUID id = UUID.randomUUID();

    public UUID id() {
        return id;
    }
}
