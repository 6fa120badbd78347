package dev.jeton.bootstrap.broken.cycle.one;

import dev.jeton.bootstrap.broken.cycle.two.Two;

/** Needs the other. */
public interface One {
    Two other();
}
