/**
 * End-to-end tests of the real server over a socket: the documented flows of five products, and the promises about secrets, crashes and
 * concurrency. Begin with {@link dev.jeton.bootstrap.endtoend.LatticaAiIT}.
 */
@NullMarked
package dev.jeton.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
