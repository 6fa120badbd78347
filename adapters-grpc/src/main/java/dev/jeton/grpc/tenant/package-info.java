/**
 * TenantService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.tenant.TenantGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.tenant;

import org.jspecify.annotations.NullMarked;
