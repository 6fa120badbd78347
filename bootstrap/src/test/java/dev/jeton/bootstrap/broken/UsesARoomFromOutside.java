package dev.jeton.bootstrap.broken;

import dev.jeton.bootstrap.broken.jdbi.management.UsesTheRoot;

/** Depends on a package inside the JDBI adapter. */
public interface UsesARoomFromOutside {
    UsesTheRoot inner();
}
