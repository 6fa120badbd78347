/**
 * Background work across tenants: last-used times, stored digests and the removal of expired rows.
 */
@NullMarked
package dev.jeton.jdbi.upkeep;

import org.jspecify.annotations.NullMarked;
