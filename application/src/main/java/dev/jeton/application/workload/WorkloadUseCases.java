package dev.jeton.application.workload;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages workloads. Thread-safe. */
public final class WorkloadUseCases implements WorkloadAdministration {
    private final Calls calls;

    public WorkloadUseCases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Created<Workload> create(Caller caller, CreateWorkload command) {
        return calls.create(caller, Operation.CREATE_WORKLOAD, command.requestKey(), call -> {
            TenantId tenantId = call.hold(command.tenantId()).id();
            return call.createOnce(
                    command.requestKey(),
                    id -> {
                        Workload workload = Workload.create(
                                tenantId, new WorkloadId(id), command.name(), command.kind(), call.now());
                        call.changes().insert(workload);
                        return workload;
                    },
                    id -> call.workload(new WorkloadId(id)));
        });
    }

    @Override
    public Workload get(Caller caller, WorkloadId workloadId) {
        return calls.read(caller, Operation.GET_WORKLOAD, call -> call.workload(workloadId));
    }

    @Override
    public Page<Workload> list(
            Caller caller, @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page) {
        return calls.read(
                caller,
                Operation.LIST_WORKLOADS,
                call -> call.ofExisting(
                        call.visible(tenantId),
                        existing -> call.repositories().workloads().page(existing, kind, page)));
    }

    @Override
    public Workload update(Caller caller, UpdateWorkload command) {
        return change(
                caller,
                Operation.UPDATE_WORKLOAD,
                command.workloadId(),
                command.etag(),
                (workload, now) -> workload.update(command.name(), command.kind(), now));
    }

    @Override
    public Workload disable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return change(caller, Operation.DISABLE_WORKLOAD, workloadId, etag, Workload::disable);
    }

    @Override
    public Workload enable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return change(caller, Operation.ENABLE_WORKLOAD, workloadId, etag, Workload::enable);
    }

    @Override
    public void delete(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        calls.run(caller, Operation.DELETE_WORKLOAD, call -> {
            Workload workload = call.lockForDelete(workloadId);
            workload.revision().requireEtag(etag);
            call.changes().delete(workload);
            return workloadId;
        });
    }

    private Workload change(
            Caller caller,
            Operation operation,
            WorkloadId workloadId,
            @Nullable Etag etag,
            BiFunction<Workload, Instant, Workload> change) {
        return calls.run(caller, operation, call -> {
            Workload workload = call.lock(workloadId);
            Workload changed = change.apply(workload, call.now());
            if (changed != workload) {
                workload.revision().requireEtag(etag);
                call.changes().update(workload, changed);
            }
            return changed;
        });
    }
}
