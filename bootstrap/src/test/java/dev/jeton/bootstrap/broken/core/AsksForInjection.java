package dev.jeton.bootstrap.broken.core;

import jakarta.inject.Inject;

/** Depends on dependency injection. */
public final class AsksForInjection {

    @Inject
    public AsksForInjection() {}
}
