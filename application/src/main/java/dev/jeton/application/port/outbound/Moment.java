package dev.jeton.application.port.outbound;

import dev.jeton.domain.audit.AuditEventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a transaction stands in time.
 *
 * @param time by the store's clock, which all replicas share; in a transaction that holds a lock not before the tenant's last event
 * @param lastEvent the last event of the tenant when its lock was taken; null if there is none or no lock was taken
 */
public record Moment(Instant time, @Nullable AuditEventId lastEvent) {}
