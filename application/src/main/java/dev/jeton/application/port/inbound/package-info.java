/**
 * What can be asked of Jeton. Begin with {@link dev.jeton.application.port.inbound.TokenAdministration}. Adapters that are called from outside know this package, {@code access}, {@code page} and the domain.
 */
@NullMarked
package dev.jeton.application.port.inbound;

import org.jspecify.annotations.NullMarked;
