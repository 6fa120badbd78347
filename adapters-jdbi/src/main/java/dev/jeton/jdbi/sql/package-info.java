/**
 * What the other packages share: columns and types, error translation, roles, transactions, and statements limited to one tenant.
 */
@NullMarked
package dev.jeton.jdbi.sql;

import org.jspecify.annotations.NullMarked;
