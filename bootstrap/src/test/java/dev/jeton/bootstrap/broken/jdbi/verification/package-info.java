/**
 * As if it were the verification room of the JDBI adapter.
 */
@NullMarked
package dev.jeton.bootstrap.broken.jdbi.verification;

import org.jspecify.annotations.NullMarked;
