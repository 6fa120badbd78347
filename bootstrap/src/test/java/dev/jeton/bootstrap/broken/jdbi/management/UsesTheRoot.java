package dev.jeton.bootstrap.broken.jdbi.management;

import dev.jeton.bootstrap.broken.jdbi.UsesARoom;

/** The other half. */
public interface UsesTheRoot {
    UsesARoom root();
}
