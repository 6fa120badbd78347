/**
 * Outbound ports: what Jeton requires of storage, each with a contract suite in the test jar. Start with {@link dev.jeton.application.port.outbound.Transactor}.
 */
@NullMarked
package dev.jeton.application.port.outbound;

import org.jspecify.annotations.NullMarked;
