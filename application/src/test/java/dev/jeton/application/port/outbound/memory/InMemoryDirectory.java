package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory of one transaction. */
final class InMemoryDirectory implements Directory {
    private final Transaction transaction;

    InMemoryDirectory(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Page<Tenant> tenants(PageRequest page) {
        return Paging.descending(transaction.state().tenants.values().stream(), page, tenant -> tenant.id()
                .value());
    }

    @Override
    public Optional<TenantId> tenantOf(UserId userId) {
        return transaction.state().users.keySet().stream()
                .filter(key -> key.userId().equals(userId))
                .map(UserKey::tenantId)
                .filter(transaction.state().tenants::containsKey)
                .findFirst();
    }

    @Override
    public Optional<TenantId> tenantOf(WorkloadId workloadId) {
        return transaction.state().workloads.keySet().stream()
                .filter(key -> key.workloadId().equals(workloadId))
                .map(WorkloadKey::tenantId)
                .filter(transaction.state().tenants::containsKey)
                .findFirst();
    }

    @Override
    public Optional<TenantId> tenantOf(TokenId tokenId) {
        State state = transaction.state();
        return Stream.concat(state.tokens.keySet().stream(), state.tombstones.keySet().stream())
                .filter(key -> key.tokenId().equals(tokenId))
                .map(TokenKey::tenantId)
                .filter(state.tenants::containsKey)
                .findFirst();
    }
}
