/** Managing users, and the profile of the caller. */
@NullMarked
package dev.jeton.application.port.inbound.user;

import org.jspecify.annotations.NullMarked;
