/**
 * Logging of the server. Start reading at {@link dev.jeton.bootstrap.log.Logging}.
 */
@NullMarked
package dev.jeton.bootstrap.log;

import org.jspecify.annotations.NullMarked;
