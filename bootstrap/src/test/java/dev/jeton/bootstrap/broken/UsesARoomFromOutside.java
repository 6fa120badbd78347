package dev.jeton.bootstrap.broken;

import dev.jeton.bootstrap.broken.jdbi.management.UsesTheRoot;

/** Reaches past the adapter's entry point. */
public interface UsesARoomFromOutside {
    UsesTheRoot room();
}
