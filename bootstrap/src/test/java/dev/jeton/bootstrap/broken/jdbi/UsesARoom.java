package dev.jeton.bootstrap.broken.jdbi;

import dev.jeton.bootstrap.broken.jdbi.management.UsesTheRoot;

/** One half of a cycle between the adapter's root and a room. */
public interface UsesARoom {
    UsesTheRoot room();
}
