/**
 * What Jeton asks of storage. Begin with {@link dev.jeton.application.port.outbound.Transactor}. Adapters that are called from inside know this package, {@code page} and the domain; each port has a contract suite in the test jar.
 */
@NullMarked
package dev.jeton.application.port.outbound;

import org.jspecify.annotations.NullMarked;
