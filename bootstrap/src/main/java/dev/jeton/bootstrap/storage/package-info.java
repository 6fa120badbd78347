/**
 * The data directory, its lock and the PostgreSQL inside it. Knows nothing about the schema. Start reading at
 * {@link dev.jeton.bootstrap.storage.EmbeddedDatabase}.
 */
@NullMarked
package dev.jeton.bootstrap.storage;

import org.jspecify.annotations.NullMarked;
