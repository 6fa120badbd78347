/**
 * What every management call does the same way, carried by one {@link dev.jeton.application.call.Call}: permission, visibility,
 * idempotency, time, audit.
 */
@NullMarked
package dev.jeton.application.call;

import org.jspecify.annotations.NullMarked;
