package dev.jeton.bootstrap.broken.unmarked;

/** In a package without {@code @NullMarked}. */
public final class Unmarked {}
