package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tenants of one transaction. */
final class InMemoryTenantRepository implements TenantRepository {
    private final Transaction transaction;

    InMemoryTenantRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public boolean insert(Tenant tenant) {
        return transaction.state().tenants.putIfAbsent(tenant.id(), tenant) == null;
    }

    @Override
    public Optional<Tenant> find(TenantId tenantId) {
        return Optional.ofNullable(transaction.state().tenants.get(tenantId));
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<Tenant> lock(TenantId tenantId) {
        return find(tenantId);
    }

    @Override
    public Optional<Tenant> hold(TenantId tenantId) {
        return find(tenantId);
    }

    @Override
    public Optional<Tenant> lockForDelete(TenantId tenantId) {
        return find(tenantId);
    }

    @Override
    public void update(Tenant tenant) {
        transaction.requireNext(find(tenant.id()).map(Tenant::revision).orElse(null), tenant.revision());
        transaction.state().tenants.put(tenant.id(), tenant);
    }

    @Override
    public boolean isEmpty(TenantId tenantId) {
        State state = transaction.state();
        return state.users.keySet().stream().noneMatch(key -> key.tenantId().equals(tenantId))
                && state.workloads.keySet().stream()
                        .noneMatch(key -> key.tenantId().equals(tenantId));
    }

    @Override
    public Contents delete(TenantId tenantId) {
        State state = transaction.state();
        state.tenants.remove(tenantId);
        state.tombstones.keySet().removeIf(key -> key.tenantId().equals(tenantId));
        return new Contents(
                removeOf(tenantId, state.users.keySet(), UserKey::tenantId),
                removeOf(tenantId, state.workloads.keySet(), WorkloadKey::tenantId),
                removeOf(tenantId, state.tokens.keySet(), TokenKey::tenantId));
    }

    private static <K> int removeOf(TenantId tenantId, Set<K> keys, Function<K, TenantId> tenantOf) {
        int before = keys.size();
        keys.removeIf(key -> tenantOf.apply(key).equals(tenantId));
        return before - keys.size();
    }
}
