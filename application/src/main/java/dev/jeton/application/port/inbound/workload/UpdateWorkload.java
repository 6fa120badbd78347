package dev.jeton.application.port.inbound.workload;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Updates a workload; null keeps the current value.
 *
 * @param etag null: no check
 */
public record UpdateWorkload(
        WorkloadId workloadId,
        @Nullable WorkloadName name,
        @Nullable WorkloadKind kind,
        @Nullable Etag etag) {}
