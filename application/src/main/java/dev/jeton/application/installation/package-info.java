/**
 * First-time installation and operator tokens, behind {@link dev.jeton.application.port.inbound.Installation}.
 */
@NullMarked
package dev.jeton.application.installation;

import org.jspecify.annotations.NullMarked;
