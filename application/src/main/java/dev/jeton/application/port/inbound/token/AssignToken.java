package dev.jeton.application.port.inbound.token;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the workloads of a token; an empty set unassigns it.
 *
 * @param etag null: no check
 */
public record AssignToken(
        TokenId tokenId,
        Set<WorkloadId> workloadIds,
        @Nullable Etag etag) {}
