/**
 * Idempotent creates by {@code request_id}.
 */
@NullMarked
package dev.jeton.application.idempotency;

import org.jspecify.annotations.NullMarked;
