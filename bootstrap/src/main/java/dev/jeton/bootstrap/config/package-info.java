/**
 * Options from the command line and the environment, and the validated configuration made from them. Starts nothing. Start reading
 * at {@link dev.jeton.bootstrap.config.Config}.
 */
@NullMarked
package dev.jeton.bootstrap.config;

import org.jspecify.annotations.NullMarked;
