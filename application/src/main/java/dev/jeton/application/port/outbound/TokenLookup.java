package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What verification reads, across tenants. Thread-safe; never blocks the caller, and leaves it to callers how many may wait. */
public interface TokenLookup {

    /**
     * Looks at all that is asked for at one instant, which lies after the call: every transaction that was committed before it is seen.
     * The stage fails with DATABASE_UNAVAILABLE; it never answers with less than there is.
     */
    CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads);

    /** Where a token is found. */
    record TokenKey(TenantId tenantId, TokenId tokenId) {}

    /** Where a workload is found. */
    record WorkloadKey(TenantId tenantId, WorkloadId workloadId) {}

    /**
     * What was found; what was asked for and is missing does not exist. What others asked for at the same time may be there too.
     *
     * @param time by the store's clock, the same for all replicas
     */
    record Snapshot(Instant time, Map<TokenKey, TokenFacts> tokens, Map<WorkloadKey, WorkloadState> workloads) {}
}
