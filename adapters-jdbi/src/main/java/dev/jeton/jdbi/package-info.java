/**
 * Implements the outbound ports on PostgreSQL through Jdbi: settings, connection pools, migrations and {@link dev.jeton.jdbi.Database},
 * which wires the subpackages. All subpackages may use {@code sql}; {@code management} also uses {@code audit}. The schema is in
 * {@code db/migration}.
 */
@NullMarked
package dev.jeton.jdbi;

import org.jspecify.annotations.NullMarked;
