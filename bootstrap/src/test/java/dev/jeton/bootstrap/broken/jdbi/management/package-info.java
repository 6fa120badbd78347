/**
 * Stands for the management package of the JDBI adapter.
 */
@NullMarked
package dev.jeton.bootstrap.broken.jdbi.management;

import org.jspecify.annotations.NullMarked;
