/**
 * WorkloadService. It knows the inbound port, the messages and the domain's types. Begin with {@link dev.jeton.grpc.workload.WorkloadGrpcService}.
 */
@NullMarked
package dev.jeton.grpc.workload;

import org.jspecify.annotations.NullMarked;
