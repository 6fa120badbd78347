/**
 * PostgreSQL behind the outbound ports, through Jdbi. It knows the ports and the domain, and nothing else knows SQL. Begin with
 * {@link dev.jeton.jdbi.Database}, then {@code JdbiTransactor}; the schema is in {@code db/migration}.
 */
@NullMarked
package dev.jeton.jdbi;

import org.jspecify.annotations.NullMarked;
