package dev.jeton.bootstrap.broken.unmarked;

/** In a package that says nothing about null. */
public final class Unmarked {}
