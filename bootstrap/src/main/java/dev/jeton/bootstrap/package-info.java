/**
 * The server process: wires the modules, starts them in order and stops them in reverse. It contains no domain rules. Start reading at
 * {@link dev.jeton.bootstrap.Jeton}.
 */
@NullMarked
package dev.jeton.bootstrap;

import org.jspecify.annotations.NullMarked;
