/** Tests of the documentation: shell blocks run against a real server, links and names are looked up in the repository. */
@NullMarked
package dev.jeton.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
