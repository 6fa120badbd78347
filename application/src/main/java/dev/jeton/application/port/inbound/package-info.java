/**
 * Inbound ports: the operations that Jeton offers to inbound adapters. Start with {@link dev.jeton.application.port.inbound.token.TokenAdministration}.
 */
@NullMarked
package dev.jeton.application.port.inbound;

import org.jspecify.annotations.NullMarked;
