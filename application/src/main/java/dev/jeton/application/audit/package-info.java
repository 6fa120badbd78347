/**
 * The use cases behind {@link dev.jeton.application.port.inbound.AuditTrail} and {@link dev.jeton.application.port.inbound.AuditChaining}.
 */
@NullMarked
package dev.jeton.application.audit;

import org.jspecify.annotations.NullMarked;
