/**
 * How the server logs. Begin with {@link dev.jeton.bootstrap.log.Logging}.
 */
@NullMarked
package dev.jeton.bootstrap.log;

import org.jspecify.annotations.NullMarked;
