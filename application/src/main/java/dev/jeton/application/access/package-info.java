/**
 * Who is calling and what that caller may do.
 */
@NullMarked
package dev.jeton.application.access;

import org.jspecify.annotations.NullMarked;
