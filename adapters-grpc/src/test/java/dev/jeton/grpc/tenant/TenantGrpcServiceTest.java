package dev.jeton.grpc.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.TenantName;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.ListTenantsResponse;
import dev.jeton.v1.ResumeTenantRequest;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TenantState;
import dev.jeton.v1.UpdateTenantRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantGrpcServiceTest {
    private final ApiUnderTest api = new ApiUnderTest();
    private final TenantServiceGrpc.TenantServiceBlockingStub tenants =
            TenantServiceGrpc.newBlockingStub(api.asCaller());
    private final Tenant tenant = Tenants.acme();
    private final String id = tenant.id().toString();

    TenantGrpcServiceTest() {
        api.tenants.answerWith(tenant);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsTenantWithTheEmptyPolicy() {
        dev.jeton.v1.Tenant reply = tenants.createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme AI")
                        .build())
                .getTenant();

        assertThat(api.tenants.asked())
                .containsExactly(
                        "create",
                        api.gate.caller(),
                        new CreateTenant(new TenantName("Acme AI"), TokenPolicy.DEFAULT, null));
        assertThat(reply.getId()).isEqualTo(id);
        assertThat(reply.getDisplayName()).isEqualTo("Acme AI");
        assertThat(reply.getState()).isEqualTo(TenantState.TENANT_STATE_ACTIVE);
        assertThat(reply.getTokenPolicy()).isEqualTo(dev.jeton.v1.TokenPolicy.getDefaultInstance());
        assertThat(reply.getCreateTime())
                .isEqualTo(microseconds(tenant.revision().createTime()));
        assertThat(reply.getUpdateTime())
                .isEqualTo(microseconds(tenant.revision().updateTime()));
        assertThat(reply.getEtag()).isEqualTo(tenant.revision().etag().value());
    }

    @Test
    void getsTenant() {
        assertThat(tenants.getTenant(
                                GetTenantRequest.newBuilder().setTenantId(id).build())
                        .getTenant()
                        .getId())
                .isEqualTo(id);
        assertThat(api.tenants.asked()).containsExactly("get", api.gate.caller(), tenant.id());
    }

    @Test
    void readsIdsInEitherCase() {
        tenants.getTenant(
                GetTenantRequest.newBuilder().setTenantId(id.toUpperCase()).build());

        assertThat(api.tenants.asked()).contains(tenant.id());
    }

    @Test
    void requiresIds() {
        Refusal refusal = Refusal.of(() -> tenants.getTenant(GetTenantRequest.getDefaultInstance()));

        assertThat(refusal.violations()).containsExactly("tenant_id REQUIRED");
    }

    @Test
    void refusesMalformedIds() {
        for (String wrong :
                List.of("..", "1-2-3-4-5", id.substring(1), id + " ", id.replace('-', '_'), "x".repeat(10_000))) {
            Refusal refusal = Refusal.of(() -> tenants.getTenant(
                    GetTenantRequest.newBuilder().setTenantId(wrong).build()));

            assertThat(refusal.violations()).containsExactly("tenant_id INVALID_ID");
        }
    }

    @Test
    void listsTenantsPageByPage() {
        Cursor end = new Cursor(UUID.fromString(id));
        api.tenants.answerWith(new Page<>(List.of(tenant), end));
        ListTenantsResponse first = tenants.listTenants(
                ListTenantsRequest.newBuilder().setPageSize(1).build());
        assertThat(api.tenants.asked()).containsExactly("list", api.gate.caller(), PageRequest.first(1));
        assertThat(first.getTenantsList())
                .extracting(dev.jeton.v1.Tenant::getId)
                .containsExactly(id);

        api.tenants.forget();
        api.tenants.answerWith(new Page<>(List.of(), null));
        ListTenantsResponse second = tenants.listTenants(ListTenantsRequest.newBuilder()
                .setPageToken(first.getNextPageToken())
                .build());
        assertThat(api.tenants.asked()).contains(new PageRequest(PageRequest.DEFAULT_SIZE, end));
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void refusesInvalidPages() {
        for (int size : new int[] {-1, Integer.MIN_VALUE}) {
            Refusal refusal = Refusal.of(() -> tenants.listTenants(ListTenantsRequest.newBuilder()
                    .setPageSize(size)
                    .setPageToken("made up")
                    .build()));

            assertThat(refusal.violations()).containsExactly("page_size OUT_OF_RANGE", "page_token INVALID_PAGE_TOKEN");
        }
    }

    /** As AIP-158 says. */
    @Test
    void largerPageSizesCountAsTheMaximum() {
        for (int size : new int[] {1000, 1001, 5000, Integer.MAX_VALUE}) {
            api.tenants.forget();
            tenants.listTenants(
                    ListTenantsRequest.newBuilder().setPageSize(size).build());

            assertThat(api.tenants.asked()).contains(PageRequest.first(1000));
        }
    }

    @Test
    void updatesOnlyWhatIsPresent() {
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(id)
                .setDisplayName("Acme")
                .build());
        assertThat(api.tenants.asked())
                .containsExactly(
                        "update",
                        api.gate.caller(),
                        new UpdateTenant(tenant.id(), new TenantName("Acme"), PolicyChange.NONE, null));

        api.tenants.forget();
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(id)
                .setTokenPolicy(dev.jeton.v1.TokenPolicy.getDefaultInstance())
                .setEtag("7")
                .build());
        assertThat(api.tenants.asked()).contains(new UpdateTenant(tenant.id(), null, PolicyChange.NONE, new Etag("7")));
    }

    @Test
    void refusesEmptyUpdates() {
        Refusal refusal = Refusal.of(() -> tenants.updateTenant(
                UpdateTenantRequest.newBuilder().setTenantId("?").setEtag("1").build()));

        assertThat(refusal.violations()).containsExactly("tenant_id INVALID_ID", " NOTHING_TO_UPDATE");
        assertThat(refusal.message()).endsWith("nothing to update; set display_name or token_policy");
    }

    @Test
    void suspendsAndResumesTenant() {
        api.tenants.answerWith(tenant.suspend(Instant.parse("2026-06-01T00:00:00Z")));
        dev.jeton.v1.Tenant suspended = tenants.suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(id)
                        .setEtag("1")
                        .build())
                .getTenant();
        assertThat(api.tenants.asked()).containsExactly("suspend", api.gate.caller(), tenant.id(), new Etag("1"));
        assertThat(suspended.getState()).isEqualTo(TenantState.TENANT_STATE_SUSPENDED);
        assertThat(suspended.getEtag()).isNotEqualTo(tenant.revision().etag().value());

        api.tenants.forget();
        tenants.resumeTenant(ResumeTenantRequest.newBuilder().setTenantId(id).build());
        assertThat(api.tenants.asked()).containsExactly("resume", api.gate.caller(), tenant.id(), null);
    }

    @Test
    void deletesTenant() {
        tenants.deleteTenant(DeleteTenantRequest.newBuilder()
                .setTenantId(id)
                .setForce(true)
                .setEtag("3")
                .build());

        assertThat(api.tenants.asked()).containsExactly("delete", api.gate.caller(), tenant.id(), true, new Etag("3"));
    }

    private static Timestamp microseconds(Instant instant) {
        assertThat(instant.getNano() % 1_000).isZero();
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
