package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workloads of one transaction. */
final class InMemoryWorkloadRepository implements WorkloadRepository {
    private final Transaction transaction;

    InMemoryWorkloadRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void insert(Workload workload) {
        State state = transaction.state();
        if (!state.tenants.containsKey(workload.tenantId())) {
            throw transaction.fail(new NotFound(ErrorReason.TENANT_NOT_FOUND, "The tenant is gone."));
        }
        requireFreeName(workload);
        if (state.workloads.putIfAbsent(State.key(workload), workload) != null) {
            throw new IllegalStateException("Workload " + workload.id() + " already exists");
        }
    }

    @Override
    public Optional<Workload> find(Reach reach, WorkloadId workloadId) {
        State state = transaction.state();
        TenantId tenantId = state.tenant(
                reach,
                state.workloads.keySet().stream()
                        .filter(key -> key.workloadId().equals(workloadId))
                        .map(WorkloadKey::tenantId));
        return Optional.ofNullable(state.workloads.get(new WorkloadKey(tenantId, workloadId)))
                .filter(workload -> state.tenants.containsKey(tenantId));
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<Workload> lockForDelete(Reach reach, WorkloadId workloadId) {
        return find(reach, workloadId);
    }

    @Override
    public Optional<Workload> lock(Reach reach, WorkloadId workloadId) {
        return find(reach, workloadId);
    }

    @Override
    public void update(Workload workload) {
        transaction.requireNext(
                find(workload.tenantId(), workload.id()).map(Workload::revision).orElse(null), workload.revision());
        requireFreeName(workload);
        transaction.state().workloads.put(State.key(workload), workload);
    }

    @Override
    public void delete(TenantId tenantId, WorkloadId workloadId) {
        transaction.state().workloads.remove(new WorkloadKey(tenantId, workloadId));
    }

    @Override
    public List<Workload> deleteByTenant(TenantId tenantId, int limit) {
        State state = transaction.state();
        if (state.tenants.containsKey(tenantId)) {
            return List.of();
        }
        List<Workload> deleted = Paging.newest(
                ofDeleted(tenantId), limit, workload -> workload.id().value());
        deleted.forEach(workload -> state.workloads.remove(State.key(workload)));
        return deleted;
    }

    @Override
    public Page<Workload> page(TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page) {
        return Paging.descending(
                of(tenantId).filter(workload -> kind == null || kind == workload.kind()),
                page,
                workload -> workload.id().value());
    }

    private Stream<Workload> of(TenantId tenantId) {
        return ofDeleted(tenantId)
                .filter(workload -> transaction.state().tenants.containsKey(tenantId));
    }

    private Stream<Workload> ofDeleted(TenantId tenantId) {
        return transaction.state().workloads.values().stream()
                .filter(workload -> workload.tenantId().equals(tenantId));
    }

    private void requireFreeName(Workload workload) {
        if (of(workload.tenantId())
                .anyMatch(other ->
                        !other.id().equals(workload.id()) && other.name().equals(workload.name()))) {
            throw transaction.fail(new AlreadyExists(ErrorReason.WORKLOAD_NAME_TAKEN, "The name is taken."));
        }
    }
}
