package dev.jeton.bootstrap.broken.cycle.two;

import dev.jeton.bootstrap.broken.cycle.one.One;

/** Depends on {@link One}. */
public interface Two {
    One other();
}
