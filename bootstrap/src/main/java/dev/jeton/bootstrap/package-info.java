/**
 * The server: wires the modules together, starts them in order and stops them in reverse. It knows everything and holds no rule of the
 * domain. Begin with {@link dev.jeton.bootstrap.Jeton}.
 */
@NullMarked
package dev.jeton.bootstrap;

import org.jspecify.annotations.NullMarked;
