/**
 * The repositories of management calls and the transactor that hands them out. Each transaction records what it changes, so that replicas
 * can follow.
 */
@NullMarked
package dev.jeton.jdbi.management;

import org.jspecify.annotations.NullMarked;
