package dev.jeton.grpc.tenant;

import static dev.jeton.grpc.call.CallContext.caller;
import static dev.jeton.grpc.message.RequestReader.etag;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTenantResponse;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteTenantResponse;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTenantResponse;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.ListTenantsResponse;
import dev.jeton.v1.ResumeTenantRequest;
import dev.jeton.v1.ResumeTenantResponse;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.SuspendTenantResponse;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.UpdateTenantRequest;
import dev.jeton.v1.UpdateTenantResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@link TenantAdministration}. Thread-safe; its methods block. */
public final class TenantGrpcService extends TenantServiceGrpc.TenantServiceImplBase {
    private final TenantAdministration tenants;
    private final PageTokens pageTokens;

    public TenantGrpcService(TenantAdministration tenants, PageTokens pageTokens) {
        this.tenants = tenants;
        this.pageTokens = pageTokens;
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<CreateTenantResponse> replies) {
        Created<Tenant> created = tenants.create(caller(), TenantProtos.createTenant(request));
        Replies.send(
                replies,
                CreateTenantResponse.newBuilder()
                        .setTenant(TenantProtos.tenant(created.resource()))
                        .setReplayed(created.replayed())
                        .build());
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> replies) {
        Tenant tenant = tenants.get(caller(), TenantProtos.tenantId(request.getTenantId()));
        Replies.send(
                replies,
                GetTenantResponse.newBuilder()
                        .setTenant(TenantProtos.tenant(tenant))
                        .build());
    }

    @Override
    public void listTenants(ListTenantsRequest request, StreamObserver<ListTenantsResponse> replies) {
        PageQuery query = pageTokens.query(caller(), request);
        Page<Tenant> page = tenants.list(caller(), TenantProtos.listTenants(request, query));
        Replies.send(replies, TenantProtos.tenants(page, query));
    }

    @Override
    public void updateTenant(UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> replies) {
        Tenant tenant = tenants.update(caller(), TenantProtos.updateTenant(request));
        Replies.send(
                replies,
                UpdateTenantResponse.newBuilder()
                        .setTenant(TenantProtos.tenant(tenant))
                        .build());
    }

    @Override
    public void suspendTenant(SuspendTenantRequest request, StreamObserver<SuspendTenantResponse> replies) {
        Tenant tenant =
                tenants.suspend(caller(), TenantProtos.tenantId(request.getTenantId()), etag(request.getEtag()));
        Replies.send(
                replies,
                SuspendTenantResponse.newBuilder()
                        .setTenant(TenantProtos.tenant(tenant))
                        .build());
    }

    @Override
    public void resumeTenant(ResumeTenantRequest request, StreamObserver<ResumeTenantResponse> replies) {
        Tenant tenant = tenants.resume(caller(), TenantProtos.tenantId(request.getTenantId()), etag(request.getEtag()));
        Replies.send(
                replies,
                ResumeTenantResponse.newBuilder()
                        .setTenant(TenantProtos.tenant(tenant))
                        .build());
    }

    @Override
    public void deleteTenant(DeleteTenantRequest request, StreamObserver<DeleteTenantResponse> replies) {
        tenants.delete(
                caller(), TenantProtos.tenantId(request.getTenantId()), request.getForce(), etag(request.getEtag()));
        Replies.send(replies, DeleteTenantResponse.getDefaultInstance());
    }
}
