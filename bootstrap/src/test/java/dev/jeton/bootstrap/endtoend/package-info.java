/**
 * What Jeton's users rely on, tried on the real server over a socket: the documented flows of five products, and what is promised about
 * secrets, crashes and concurrency. Begin with {@link dev.jeton.bootstrap.endtoend.LatticaAiIT}.
 */
@NullMarked
package dev.jeton.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
