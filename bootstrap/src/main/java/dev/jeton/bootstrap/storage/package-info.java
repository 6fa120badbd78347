/**
 * What is on this machine's disk: the data directory, its lock, and the PostgreSQL inside it. It knows nothing of Jeton's own data.
 * Begin with {@link dev.jeton.bootstrap.storage.EmbeddedDatabase}.
 */
@NullMarked
package dev.jeton.bootstrap.storage;

import org.jspecify.annotations.NullMarked;
