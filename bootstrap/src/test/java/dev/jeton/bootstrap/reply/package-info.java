/**
 * Looks at every reply that a test gets from a server. Begin with {@link dev.jeton.bootstrap.reply.GuardedChannel}, which is where tests
 * have their channels from.
 */
@NullMarked
package dev.jeton.bootstrap.reply;

import org.jspecify.annotations.NullMarked;
