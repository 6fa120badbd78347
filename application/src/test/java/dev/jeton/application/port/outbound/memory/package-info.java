/**
 * An in-memory store for tests that keeps every promise of the outbound ports. Start with
 * {@link dev.jeton.application.port.outbound.memory.InMemoryPersistence}.
 */
@NullMarked
package dev.jeton.application.port.outbound.memory;

import org.jspecify.annotations.NullMarked;
