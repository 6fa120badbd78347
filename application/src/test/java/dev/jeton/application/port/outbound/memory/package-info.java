/**
 * A store in the memory of this process, for tests: no weaker than PostgreSQL in anything that the ports promise. It knows the ports and
 * the domain. Begin with {@link dev.jeton.application.port.outbound.memory.InMemoryPersistence}.
 */
@NullMarked
package dev.jeton.application.port.outbound.memory;

import org.jspecify.annotations.NullMarked;
