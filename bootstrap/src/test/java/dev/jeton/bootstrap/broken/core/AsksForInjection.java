package dev.jeton.bootstrap.broken.core;

import jakarta.inject.Inject;

/** Knows who makes it. */
public final class AsksForInjection {

    @Inject
    public AsksForInjection() {}
}
