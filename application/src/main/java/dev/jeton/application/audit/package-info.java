/**
 * Lists, seals, verifies and purges audit events; {@link dev.jeton.application.call.Changes} writes them.
 */
@NullMarked
package dev.jeton.application.audit;

import org.jspecify.annotations.NullMarked;
