/**
 * How ids are made and read; each id type itself lives beside what it identifies.
 */
@NullMarked
package dev.jeton.domain.id;

import org.jspecify.annotations.NullMarked;
