/**
 * Removing what is left of large deleted resources, behind {@link dev.jeton.application.port.inbound.upkeep.Sweeping}.
 */
@NullMarked
package dev.jeton.application.sweep;

import org.jspecify.annotations.NullMarked;
