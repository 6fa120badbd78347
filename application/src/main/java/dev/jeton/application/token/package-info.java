/**
 * The use cases behind {@link dev.jeton.application.port.inbound.TokenAdministration} and {@link dev.jeton.application.port.inbound.TokenVerification}.
 */
@NullMarked
package dev.jeton.application.token;

import org.jspecify.annotations.NullMarked;
