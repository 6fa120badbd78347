package dev.jeton.bootstrap.broken.core;

/** Can be subclassed. */
public class OpenUseCases {}
