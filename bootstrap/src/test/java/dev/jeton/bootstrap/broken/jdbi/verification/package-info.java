/**
 * Stands for the verification package of the JDBI adapter.
 */
@NullMarked
package dev.jeton.bootstrap.broken.jdbi.verification;

import org.jspecify.annotations.NullMarked;
