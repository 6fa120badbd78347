/** Verifying presented tokens, those of callers included. */
@NullMarked
package dev.jeton.application.port.inbound.verification;

import org.jspecify.annotations.NullMarked;
