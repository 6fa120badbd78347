/**
 * What every store must keep of the outbound ports' promises: one abstract suite per port, run by each adapter against itself. It knows
 * the ports and the domain. Begin with {@link dev.jeton.application.port.outbound.contract.PersistenceContract}.
 */
@NullMarked
package dev.jeton.application.port.outbound.contract;

import org.jspecify.annotations.NullMarked;
