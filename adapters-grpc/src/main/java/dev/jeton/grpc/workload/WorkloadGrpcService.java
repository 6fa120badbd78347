package dev.jeton.grpc.workload;

import static dev.jeton.grpc.call.CallContext.caller;
import static dev.jeton.grpc.message.RequestReader.etag;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.domain.workload.Workload;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.CreateWorkloadResponse;
import dev.jeton.v1.DeleteWorkloadRequest;
import dev.jeton.v1.DeleteWorkloadResponse;
import dev.jeton.v1.DisableWorkloadRequest;
import dev.jeton.v1.DisableWorkloadResponse;
import dev.jeton.v1.EnableWorkloadRequest;
import dev.jeton.v1.EnableWorkloadResponse;
import dev.jeton.v1.GetWorkloadRequest;
import dev.jeton.v1.GetWorkloadResponse;
import dev.jeton.v1.ListWorkloadsRequest;
import dev.jeton.v1.ListWorkloadsResponse;
import dev.jeton.v1.UpdateWorkloadRequest;
import dev.jeton.v1.UpdateWorkloadResponse;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Serves {@link WorkloadAdministration}. Thread-safe; its methods block. */
public final class WorkloadGrpcService extends WorkloadServiceGrpc.WorkloadServiceImplBase {
    private final WorkloadAdministration workloads;
    private final PageTokens pageTokens;

    public WorkloadGrpcService(WorkloadAdministration workloads, PageTokens pageTokens) {
        this.workloads = workloads;
        this.pageTokens = pageTokens;
    }

    @Override
    public void createWorkload(CreateWorkloadRequest request, StreamObserver<CreateWorkloadResponse> replies) {
        Created<Workload> created = workloads.create(caller(), WorkloadProtos.createWorkload(request));
        Replies.send(
                replies,
                CreateWorkloadResponse.newBuilder()
                        .setWorkload(WorkloadProtos.workload(created.resource()))
                        .setReplayed(created.replayed())
                        .build());
    }

    @Override
    public void getWorkload(GetWorkloadRequest request, StreamObserver<GetWorkloadResponse> replies) {
        Workload workload = workloads.get(caller(), WorkloadProtos.workloadId(request.getWorkloadId()));
        Replies.send(
                replies,
                GetWorkloadResponse.newBuilder()
                        .setWorkload(WorkloadProtos.workload(workload))
                        .build());
    }

    @Override
    public void listWorkloads(ListWorkloadsRequest request, StreamObserver<ListWorkloadsResponse> replies) {
        PageQuery query = pageTokens.query(caller(), request);
        WorkloadProtos.ListWorkloads list = WorkloadProtos.listWorkloads(request, query);
        Page<Workload> page = workloads.list(caller(), list.tenantId(), list.kind(), list.page());
        Replies.send(replies, WorkloadProtos.workloads(page, query));
    }

    @Override
    public void updateWorkload(UpdateWorkloadRequest request, StreamObserver<UpdateWorkloadResponse> replies) {
        Workload workload = workloads.update(caller(), WorkloadProtos.updateWorkload(request));
        Replies.send(
                replies,
                UpdateWorkloadResponse.newBuilder()
                        .setWorkload(WorkloadProtos.workload(workload))
                        .build());
    }

    @Override
    public void disableWorkload(DisableWorkloadRequest request, StreamObserver<DisableWorkloadResponse> replies) {
        Workload workload = workloads.disable(
                caller(), WorkloadProtos.workloadId(request.getWorkloadId()), etag(request.getEtag()));
        Replies.send(
                replies,
                DisableWorkloadResponse.newBuilder()
                        .setWorkload(WorkloadProtos.workload(workload))
                        .build());
    }

    @Override
    public void enableWorkload(EnableWorkloadRequest request, StreamObserver<EnableWorkloadResponse> replies) {
        Workload workload =
                workloads.enable(caller(), WorkloadProtos.workloadId(request.getWorkloadId()), etag(request.getEtag()));
        Replies.send(
                replies,
                EnableWorkloadResponse.newBuilder()
                        .setWorkload(WorkloadProtos.workload(workload))
                        .build());
    }

    @Override
    public void deleteWorkload(DeleteWorkloadRequest request, StreamObserver<DeleteWorkloadResponse> replies) {
        workloads.delete(caller(), WorkloadProtos.workloadId(request.getWorkloadId()), etag(request.getEtag()));
        Replies.send(replies, DeleteWorkloadResponse.getDefaultInstance());
    }
}
