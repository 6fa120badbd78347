/**
 * Users: the people and machines of a tenant. Start with {@link dev.jeton.domain.user.User}.
 */
@NullMarked
package dev.jeton.domain.user;

import org.jspecify.annotations.NullMarked;
