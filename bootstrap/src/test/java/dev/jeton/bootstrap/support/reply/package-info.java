/** Checks every reply that a test or campaign receives: none shows a secret, SQL, a stack or a class name. */
@NullMarked
package dev.jeton.bootstrap.support.reply;

import org.jspecify.annotations.NullMarked;
