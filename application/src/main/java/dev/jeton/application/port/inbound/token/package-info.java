/** Managing a token's life: create, list, update, assign, renew, cancel, reactivate, delete. */
@NullMarked
package dev.jeton.application.port.inbound.token;

import org.jspecify.annotations.NullMarked;
