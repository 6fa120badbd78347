/** The documentation, run: shell blocks against a real server, links and names against the repository. */
@NullMarked
package dev.jeton.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
