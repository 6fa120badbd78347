/**
 * AuditService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.audit.AuditGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.audit;

import org.jspecify.annotations.NullMarked;
