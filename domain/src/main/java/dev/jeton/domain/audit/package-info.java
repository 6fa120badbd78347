/**
 * Audit events and the hash chain that protects them. Start with {@link dev.jeton.domain.audit.AuditEvent}.
 */
@NullMarked
package dev.jeton.domain.audit;

import org.jspecify.annotations.NullMarked;
