/**
 * The hot path: answers verification from memory after one freshness read. See docs/verification.md.
 */
@NullMarked
package dev.jeton.jdbi.verification;

import org.jspecify.annotations.NullMarked;
