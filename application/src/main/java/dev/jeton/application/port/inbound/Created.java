package dev.jeton.application.port.inbound;

/**
 * What a create came to.
 *
 * @param resource as it is now
 * @param replayed whether an earlier call with the same {@link RequestKey} made it
 */
public record Created<T>(T resource, boolean replayed) {}
