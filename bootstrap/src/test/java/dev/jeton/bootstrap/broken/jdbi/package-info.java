/**
 * Stands for the JDBI adapter.
 */
@NullMarked
package dev.jeton.bootstrap.broken.jdbi;

import org.jspecify.annotations.NullMarked;
