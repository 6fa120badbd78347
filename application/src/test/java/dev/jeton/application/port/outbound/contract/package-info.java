/**
 * Contract suites of the outbound ports: one abstract test class per port, which every store runs. Start with
 * {@link dev.jeton.application.port.outbound.contract.PersistenceContract}.
 */
@NullMarked
package dev.jeton.application.port.outbound.contract;

import org.jspecify.annotations.NullMarked;
