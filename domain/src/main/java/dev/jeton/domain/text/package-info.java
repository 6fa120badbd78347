/**
 * Texts that people type, each a type of its own that cannot hold a bad one.
 */
@NullMarked
package dev.jeton.domain.text;

import org.jspecify.annotations.NullMarked;
