/**
 * The caller and the rules for what it may do and see.
 */
@NullMarked
package dev.jeton.application.access;

import org.jspecify.annotations.NullMarked;
