/**
 * The audit log and the hash chain that seals it.
 */
@NullMarked
package dev.jeton.jdbi.audit;

import org.jspecify.annotations.NullMarked;
