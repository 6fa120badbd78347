package dev.jeton.grpc.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.DeleteWorkloadRequest;
import dev.jeton.v1.DisableWorkloadRequest;
import dev.jeton.v1.EnableWorkloadRequest;
import dev.jeton.v1.GetWorkloadRequest;
import dev.jeton.v1.ListWorkloadsRequest;
import dev.jeton.v1.UpdateWorkloadRequest;
import dev.jeton.v1.WorkloadServiceGrpc;
import dev.jeton.v1.WorkloadState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadGrpcServiceTest {
    private final ApiUnderTest api = new ApiUnderTest();
    private final WorkloadServiceGrpc.WorkloadServiceBlockingStub workloads =
            WorkloadServiceGrpc.newBlockingStub(api.asCaller());
    private final TenantId tenantId = Tenants.anId();
    private final Workload workload = Workloads.named(tenantId, "llama-3", WorkloadKind.MODEL);
    private final String id = workload.id().toString();

    WorkloadGrpcServiceTest() {
        api.workloads.answerWith(workload);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsWorkload() {
        dev.jeton.v1.Workload reply = workloads
                .createWorkload(CreateWorkloadRequest.newBuilder()
                        .setTenantId(tenantId.toString())
                        .setName("llama-3")
                        .setKind(dev.jeton.v1.WorkloadKind.WORKLOAD_KIND_MODEL)
                        .build())
                .getWorkload();

        assertThat(api.workloads.asked())
                .containsExactly(
                        "create",
                        api.gate.caller(),
                        new CreateWorkload(tenantId, new WorkloadName("llama-3"), WorkloadKind.MODEL, null));
        assertThat(reply.getId()).isEqualTo(id);
        assertThat(reply.getTenantId()).isEqualTo(tenantId.toString());
        assertThat(reply.getName()).isEqualTo("llama-3");
        assertThat(reply.getKind()).isEqualTo(dev.jeton.v1.WorkloadKind.WORKLOAD_KIND_MODEL);
        assertThat(reply.getState()).isEqualTo(WorkloadState.WORKLOAD_STATE_ACTIVE);
        assertThat(reply.getCreateTime().getNanos()).isEqualTo(123_456_000);
        assertThat(reply.getUpdateTime()).isEqualTo(reply.getCreateTime());
        assertThat(reply.getEtag()).isEqualTo(workload.revision().etag().value());
    }

    @Test
    void reportsAllViolationsAtOnce() {
        Refusal refusal = Refusal.of(() -> workloads.createWorkload(CreateWorkloadRequest.newBuilder()
                .setTenantId("1")
                .setName("x".repeat(201))
                .build()));

        assertThat(refusal.violations())
                .containsExactly("tenant_id INVALID_ID", "name TOO_LONG", "kind INVALID_ENUM_VALUE");
    }

    @Test
    void getsWorkload() {
        workloads.getWorkload(GetWorkloadRequest.newBuilder().setWorkloadId(id).build());

        assertThat(api.workloads.asked()).containsExactly("get", api.gate.caller(), workload.id());
    }

    @Test
    void listsWorkloadsPageByPage() {
        Cursor end = new Cursor(workload.id().value());
        api.workloads.answerWith(new Page<>(List.of(workload), end));
        ListWorkloadsRequest query = ListWorkloadsRequest.newBuilder()
                .setKind(dev.jeton.v1.WorkloadKind.WORKLOAD_KIND_ENDPOINT)
                .build();
        String token = workloads.listWorkloads(query).getNextPageToken();
        assertThat(api.workloads.asked())
                .containsExactly("list", api.gate.caller(), null, WorkloadKind.ENDPOINT, PageRequest.first(50));

        api.workloads.forget();
        workloads.listWorkloads(query.toBuilder().setPageToken(token).build());
        assertThat(api.workloads.asked()).contains(new PageRequest(50, end));

        Refusal otherKind = Refusal.of(() -> workloads.listWorkloads(
                query.toBuilder().clearKind().setPageToken(token).build()));
        assertThat(otherKind.violations()).containsExactly("page_token INVALID_PAGE_TOKEN");
    }

    @Test
    void listsAnyKindAndRefusesUnknownKinds() {
        workloads.listWorkloads(ListWorkloadsRequest.getDefaultInstance());
        assertThat(api.workloads.asked()).containsExactly("list", api.gate.caller(), null, null, PageRequest.first(50));

        Refusal refusal = Refusal.of(() -> workloads.listWorkloads(
                ListWorkloadsRequest.newBuilder().setKindValue(999).build()));
        assertThat(refusal.violations()).containsExactly("kind INVALID_ENUM_VALUE");
    }

    @Test
    void updatesOnlyWhatIsPresent() {
        workloads.updateWorkload(UpdateWorkloadRequest.newBuilder()
                .setWorkloadId(id)
                .setKind(dev.jeton.v1.WorkloadKind.WORKLOAD_KIND_SERVICE)
                .build());
        assertThat(api.workloads.asked())
                .containsExactly(
                        "update",
                        api.gate.caller(),
                        new UpdateWorkload(workload.id(), null, WorkloadKind.SERVICE, null));

        api.workloads.forget();
        workloads.updateWorkload(UpdateWorkloadRequest.newBuilder()
                .setWorkloadId(id)
                .setName("llama-4")
                .setEtag("1")
                .build());
        assertThat(api.workloads.asked())
                .contains(new UpdateWorkload(workload.id(), new WorkloadName("llama-4"), null, new Etag("1")));
    }

    @Test
    void refusesEmptyUpdatesAndUnspecifiedKinds() {
        assertThat(Refusal.of(() -> workloads.updateWorkload(UpdateWorkloadRequest.newBuilder()
                                .setWorkloadId(id)
                                .build()))
                        .violations())
                .containsExactly(" NOTHING_TO_UPDATE");
        assertThat(Refusal.of(() -> workloads.updateWorkload(UpdateWorkloadRequest.newBuilder()
                                .setWorkloadId(id)
                                .setName("")
                                .setKindValue(0)
                                .build()))
                        .violations())
                .containsExactly("name REQUIRED", "kind INVALID_ENUM_VALUE");
    }

    @Test
    void disablesEnablesAndDeletesWorkload() {
        workloads.disableWorkload(DisableWorkloadRequest.newBuilder()
                .setWorkloadId(id)
                .setEtag("1")
                .build());
        assertThat(api.workloads.asked()).containsExactly("disable", api.gate.caller(), workload.id(), new Etag("1"));

        api.workloads.forget();
        workloads.enableWorkload(
                EnableWorkloadRequest.newBuilder().setWorkloadId(id).build());
        assertThat(api.workloads.asked()).containsExactly("enable", api.gate.caller(), workload.id(), null);

        api.workloads.forget();
        workloads.deleteWorkload(
                DeleteWorkloadRequest.newBuilder().setWorkloadId(id).build());
        assertThat(api.workloads.asked()).containsExactly("delete", api.gate.caller(), workload.id(), null);
    }
}
