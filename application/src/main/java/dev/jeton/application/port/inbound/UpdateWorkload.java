package dev.jeton.application.port.inbound;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Asks for changes to a workload; null keeps what there is.
 *
 * @param etag null: whatever is current
 */
public record UpdateWorkload(
        WorkloadId workloadId,
        @Nullable WorkloadName name,
        @Nullable WorkloadKind kind,
        @Nullable Etag etag) {}
