/**
 * Tests that sensitive data is never logged.
 */
@NullMarked
package dev.jeton.bootstrap.log;

import org.jspecify.annotations.NullMarked;
