/**
 * Tests of what is never logged.
 */
@NullMarked
package dev.jeton.bootstrap.log;

import org.jspecify.annotations.NullMarked;
