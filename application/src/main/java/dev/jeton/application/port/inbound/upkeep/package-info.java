/** Periodic work: saving last-used times, purging what has expired, rehashing secrets, sweeping. */
@NullMarked
package dev.jeton.application.port.inbound.upkeep;

import org.jspecify.annotations.NullMarked;
