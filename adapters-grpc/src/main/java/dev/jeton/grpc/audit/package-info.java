/**
 * Serves AuditService over its inbound port. Start with {@link dev.jeton.grpc.audit.AuditGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.audit;

import org.jspecify.annotations.NullMarked;
