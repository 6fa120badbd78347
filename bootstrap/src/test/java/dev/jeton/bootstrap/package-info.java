/**
 * Tests of the server: of its parts, and of the whole jar in a process of its own.
 */
@NullMarked
package dev.jeton.bootstrap;

import org.jspecify.annotations.NullMarked;
