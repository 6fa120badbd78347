/**
 * Serves TenantService over its inbound port. Start with {@link dev.jeton.grpc.tenant.TenantGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.tenant;

import org.jspecify.annotations.NullMarked;
