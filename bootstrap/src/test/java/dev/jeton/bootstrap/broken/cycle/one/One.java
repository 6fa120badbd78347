package dev.jeton.bootstrap.broken.cycle.one;

import dev.jeton.bootstrap.broken.cycle.two.Two;

/** Depends on {@link Two}. */
public interface One {
    Two other();
}
