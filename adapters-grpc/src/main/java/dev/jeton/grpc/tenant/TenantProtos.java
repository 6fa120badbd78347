package dev.jeton.grpc.tenant;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.text.TenantName;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.ReplyPages;
import dev.jeton.grpc.message.RequestKeys;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.ListTenantsResponse;
import dev.jeton.v1.UpdateTenantRequest;
import java.util.Objects;

/** Converts the requests and replies of {@link TenantGrpcService}. */
public final class TenantProtos {
    private static final EnumMapping<TenantState, dev.jeton.v1.TenantState> STATES =
            EnumMapping.byName(TenantState.class, dev.jeton.v1.TenantState.class, "TENANT_STATE_");

    private TenantProtos() {}

    static CreateTenant createTenant(CreateTenantRequest request) {
        RequestReader read = new RequestReader();
        var displayName = read.value("display_name", request.getDisplayName(), TenantName::new);
        var policy = read.value("token_policy", request.getTokenPolicy(), TokenPolicyProtos::policy);
        var requestKey = RequestKeys.read(read, request, request.getRequestId());
        return read.build(() -> new CreateTenant(displayName.get(), policy.get(), requestKey.get()));
    }

    static TenantId tenantId(String text) {
        return RequestReader.single("tenant_id", text, Ids::tenant);
    }

    static PageRequest listTenants(ListTenantsRequest request, PageQuery query) {
        RequestReader read = new RequestReader();
        var page = read.page(request.getPageSize(), request.getPageToken(), query);
        return read.build(page::get);
    }

    static UpdateTenant updateTenant(UpdateTenantRequest request) {
        RequestReader read = new RequestReader();
        var tenantId = read.value("tenant_id", request.getTenantId(), Ids::tenant);
        var displayName =
                read.ifPresent(request.hasDisplayName(), "display_name", request.getDisplayName(), TenantName::new);
        var policy = read.ifPresent(
                request.hasTokenPolicy(), "token_policy", request.getTokenPolicy(), TokenPolicyProtos::change);
        read.requireChange(request.hasDisplayName() || request.hasTokenPolicy(), "display_name or token_policy");
        return read.build(() -> new UpdateTenant(
                tenantId.get(),
                displayName.get(),
                Objects.requireNonNullElse(policy.get(), PolicyChange.NONE),
                RequestReader.etag(request.getEtag())));
    }

    public static dev.jeton.v1.Tenant tenant(Tenant tenant) {
        return dev.jeton.v1.Tenant.newBuilder()
                .setId(tenant.id().toString())
                .setDisplayName(tenant.displayName().value())
                .setState(STATES.toProto(tenant.state()))
                .setTokenPolicy(TokenPolicyProtos.policy(tenant.policy()))
                .setCreateTime(Times.timestamp(tenant.revision().createTime()))
                .setUpdateTime(Times.timestamp(tenant.revision().updateTime()))
                .setEtag(tenant.revision().etag().value())
                .build();
    }

    static ListTenantsResponse tenants(Page<Tenant> page, PageQuery query) {
        Page<dev.jeton.v1.Tenant> fitting =
                ReplyPages.of(page, TenantProtos::tenant, tenant -> tenant.id().value());
        return ListTenantsResponse.newBuilder()
                .addAllTenants(fitting.items())
                .setNextPageToken(query.tokenFor(fitting.next()))
                .build();
    }
}
