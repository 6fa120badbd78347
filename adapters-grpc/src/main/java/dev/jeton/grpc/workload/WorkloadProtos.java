package dev.jeton.grpc.workload;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.ReplyPages;
import dev.jeton.grpc.message.RequestKeys;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.ListWorkloadsRequest;
import dev.jeton.v1.ListWorkloadsResponse;
import dev.jeton.v1.UpdateWorkloadRequest;
import org.jspecify.annotations.Nullable;

/** Converts the requests and replies of {@link WorkloadGrpcService}. */
final class WorkloadProtos {
    private static final EnumMapping<WorkloadKind, dev.jeton.v1.WorkloadKind> KINDS =
            EnumMapping.byName(WorkloadKind.class, dev.jeton.v1.WorkloadKind.class, "WORKLOAD_KIND_");
    private static final EnumMapping<WorkloadState, dev.jeton.v1.WorkloadState> STATES =
            EnumMapping.byName(WorkloadState.class, dev.jeton.v1.WorkloadState.class, "WORKLOAD_STATE_");

    private WorkloadProtos() {}

    record ListWorkloads(
            @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page) {}

    static CreateWorkload createWorkload(CreateWorkloadRequest request) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var name = read.value("name", request.getName(), WorkloadName::new);
        var kind = read.value("kind", request.getKind(), KINDS::toDomain);
        var requestKey = RequestKeys.read(read, request, request.getRequestId());
        return read.build(() -> new CreateWorkload(tenantId.get(), name.get(), kind.get(), requestKey.get()));
    }

    static WorkloadId workloadId(String text) {
        return RequestReader.single("workload_id", text, Ids::workload);
    }

    static ListWorkloads listWorkloads(ListWorkloadsRequest request, PageQuery query) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var kind =
                read.ifPresent(EnumMapping.isSpecified(request.getKind()), "kind", request.getKind(), KINDS::toDomain);
        var page = read.page(request.getPageSize(), request.getPageToken(), query);
        return read.build(() -> new ListWorkloads(tenantId.get(), kind.get(), page.get()));
    }

    static UpdateWorkload updateWorkload(UpdateWorkloadRequest request) {
        RequestReader read = new RequestReader();
        var workloadId = read.value("workload_id", request.getWorkloadId(), Ids::workload);
        var name = read.ifPresent(request.hasName(), "name", request.getName(), WorkloadName::new);
        var kind = read.ifPresent(request.hasKind(), "kind", request.getKind(), KINDS::toDomain);
        read.requireChange(request.hasName() || request.hasKind(), "name or kind");
        return read.build(() ->
                new UpdateWorkload(workloadId.get(), name.get(), kind.get(), RequestReader.etag(request.getEtag())));
    }

    static dev.jeton.v1.Workload workload(Workload workload) {
        return dev.jeton.v1.Workload.newBuilder()
                .setId(workload.id().toString())
                .setTenantId(workload.tenantId().toString())
                .setName(workload.name().value())
                .setKind(KINDS.toProto(workload.kind()))
                .setState(STATES.toProto(workload.state()))
                .setCreateTime(Times.timestamp(workload.revision().createTime()))
                .setUpdateTime(Times.timestamp(workload.revision().updateTime()))
                .setEtag(workload.revision().etag().value())
                .build();
    }

    static ListWorkloadsResponse workloads(Page<Workload> page, PageQuery query) {
        Page<dev.jeton.v1.Workload> fitting = ReplyPages.of(
                page, WorkloadProtos::workload, workload -> workload.id().value());
        return ListWorkloadsResponse.newBuilder()
                .addAllWorkloads(fitting.items())
                .setNextPageToken(query.tokenFor(fitting.next()))
                .build();
    }
}
