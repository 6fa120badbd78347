package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every call with one workload. */
public final class FakeWorkloads extends FakePort implements WorkloadAdministration {
    private boolean replayed;
    private Workload workload = Workloads.model(Tenants.anId());
    private Page<Workload> page = new Page<>(List.of(), null);

    public void answerWith(Workload next) {
        workload = next;
    }

    public void answerWith(Page<Workload> next) {
        page = next;
    }

    /** Makes every later create a replay. */
    public void replay() {
        replayed = true;
    }

    @Override
    public Created<Workload> create(Caller caller, CreateWorkload command) {
        return answer(new Created<>(workload, replayed), "create", caller, command);
    }

    @Override
    public Workload get(Caller caller, WorkloadId workloadId) {
        return answer(workload, "get", caller, workloadId);
    }

    @Override
    public Page<Workload> list(
            Caller caller, @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest pageRequest) {
        return answer(page, "list", caller, tenantId, kind, pageRequest);
    }

    @Override
    public Workload update(Caller caller, UpdateWorkload command) {
        return answer(workload, "update", caller, command);
    }

    @Override
    public Workload disable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return answer(workload, "disable", caller, workloadId, etag);
    }

    @Override
    public Workload enable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return answer(workload, "enable", caller, workloadId, etag);
    }

    @Override
    public void delete(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        answer("delete", "delete", caller, workloadId, etag);
    }
}
