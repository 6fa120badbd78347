package dev.jeton.bootstrap.broken.cycle.two;

import dev.jeton.bootstrap.broken.cycle.one.One;

/** Needs the other. */
public interface Two {
    One other();
}
