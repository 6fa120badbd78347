/**
 * Jeton as each of five products: their documented flows, walked end to end against the real server over a socket. Begin with
 * {@link dev.jeton.bootstrap.systems.LatticaAiIT}.
 */
@NullMarked
package dev.jeton.bootstrap.systems;

import org.jspecify.annotations.NullMarked;
