package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads the state that verification needs, across tenants. Never blocks and does not limit pending reads. Thread-safe. */
public interface TokenLookup {

    /**
     * Reads everything at one instant after the call, so it sees every transaction committed before the call. The stage fails with
     * DATABASE_UNAVAILABLE; a result is never partial.
     */
    CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads);

    /** The key of a token. */
    record TokenKey(TenantId tenantId, TokenId tokenId) {}

    /** The key of a workload. */
    record WorkloadKey(TenantId tenantId, WorkloadId workloadId) {}

    /**
     * The result of a read. A requested key that is missing does not exist. May also hold keys that concurrent reads requested.
     *
     * @param time the instant of the read, by the store's clock, which all replicas share
     */
    record Snapshot(Instant time, Map<TokenKey, TokenFacts> tokens, Map<WorkloadKey, WorkloadState> workloads) {}
}
