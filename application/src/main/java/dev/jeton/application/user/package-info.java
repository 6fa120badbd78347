/**
 * User management, behind {@link dev.jeton.application.port.inbound.user.UserAdministration}.
 */
@NullMarked
package dev.jeton.application.user;

import org.jspecify.annotations.NullMarked;
