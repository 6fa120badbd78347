/**
 * PostgreSQL behind the outbound ports, through Jdbi: settings, connection pools, migrations and {@link dev.jeton.jdbi.Database}, which
 * puts the rooms together. Only this package is used from outside the module. Each room may use {@code sql}; {@code management} also uses
 * {@code audit}. The schema is in {@code db/migration}.
 */
@NullMarked
package dev.jeton.jdbi;

import org.jspecify.annotations.NullMarked;
