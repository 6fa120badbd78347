/**
 * The server's options, from the command line and the environment, and the checked configuration that is made of them. It reads and
 * checks, and starts nothing. Begin with {@link dev.jeton.bootstrap.config.Config}.
 */
@NullMarked
package dev.jeton.bootstrap.config;

import org.jspecify.annotations.NullMarked;
