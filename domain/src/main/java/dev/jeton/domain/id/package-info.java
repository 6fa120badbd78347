/**
 * Generating and parsing ids. Each id type lives beside the resource it identifies.
 */
@NullMarked
package dev.jeton.domain.id;

import org.jspecify.annotations.NullMarked;
