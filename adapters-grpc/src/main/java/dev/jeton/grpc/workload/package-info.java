/**
 * Serves WorkloadService over its inbound port. Start with {@link dev.jeton.grpc.workload.WorkloadGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.workload;

import org.jspecify.annotations.NullMarked;
