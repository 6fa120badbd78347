package dev.jeton.application.port.inbound;

/**
 * The result of a create.
 *
 * @param resource its current state
 * @param replayed whether an earlier call with the same {@link RequestKey} created it
 */
public record Created<T>(T resource, boolean replayed) {}
