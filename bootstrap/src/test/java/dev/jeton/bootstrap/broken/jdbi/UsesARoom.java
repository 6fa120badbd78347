package dev.jeton.bootstrap.broken.jdbi;

import dev.jeton.bootstrap.broken.jdbi.management.UsesTheRoot;

/** Half of a cycle between the adapter's root and an inner package. */
public interface UsesARoom {
    UsesTheRoot inner();
}
