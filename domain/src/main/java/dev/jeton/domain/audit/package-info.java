/**
 * What is remembered of every change. Begin with {@link dev.jeton.domain.audit.AuditEvent}. It knows the other resources by their ids only.
 */
@NullMarked
package dev.jeton.domain.audit;

import org.jspecify.annotations.NullMarked;
