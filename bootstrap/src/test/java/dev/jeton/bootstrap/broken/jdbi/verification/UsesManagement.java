package dev.jeton.bootstrap.broken.jdbi.verification;

import dev.jeton.bootstrap.broken.jdbi.management.UsesTheRoot;

/** Verification that depends on management. */
public interface UsesManagement {
    UsesTheRoot management();
}
