package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.util.Optional;

/** The tenants of one transaction. */
final class InMemoryTenantRepository implements TenantRepository {
    private final Transaction transaction;

    InMemoryTenantRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void insert(Tenant tenant) {
        if (!insertIfAbsent(tenant)) {
            throw transaction.fail(new Conflict(ErrorReason.CONCURRENT_CHANGE, "The tenant exists."));
        }
    }

    @Override
    public boolean insertIfAbsent(Tenant tenant) {
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
    public void delete(TenantId tenantId) {
        transaction.state().tenants.remove(tenantId);
    }
}
