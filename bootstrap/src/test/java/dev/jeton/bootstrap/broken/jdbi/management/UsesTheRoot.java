package dev.jeton.bootstrap.broken.jdbi.management;

import dev.jeton.bootstrap.broken.jdbi.UsesARoom;

/** The other half of the cycle. */
public interface UsesTheRoot {
    UsesARoom root();
}
