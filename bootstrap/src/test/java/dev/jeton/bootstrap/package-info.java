/**
 * Tests of the server: its parts, and the whole jar in a separate process.
 */
@NullMarked
package dev.jeton.bootstrap;

import org.jspecify.annotations.NullMarked;
