package dev.jeton.application.port.inbound;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token's workloads to be replaced; none unassigns it.
 *
 * @param etag null: whatever is current
 */
public record AssignToken(
        TokenId tokenId,
        Set<WorkloadId> workloadIds,
        @Nullable Etag etag) {}
