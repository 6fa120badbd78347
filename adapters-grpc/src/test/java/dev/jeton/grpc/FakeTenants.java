package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every call with one tenant. */
public final class FakeTenants extends FakePort implements TenantAdministration {
    private boolean replayed;
    private Tenant tenant = Tenants.acme();
    private Page<Tenant> page = new Page<>(List.of(), null);

    public void answerWith(Tenant next) {
        tenant = next;
    }

    public void answerWith(Page<Tenant> next) {
        page = next;
    }

    /** Makes every later create a replay. */
    public void replay() {
        replayed = true;
    }

    @Override
    public Created<Tenant> create(Caller caller, CreateTenant command) {
        return answer(new Created<>(tenant, replayed), "create", caller, command);
    }

    @Override
    public Tenant get(Caller caller, TenantId tenantId) {
        return answer(tenant, "get", caller, tenantId);
    }

    @Override
    public Page<Tenant> list(Caller caller, PageRequest pageRequest) {
        return answer(page, "list", caller, pageRequest);
    }

    @Override
    public Tenant update(Caller caller, UpdateTenant command) {
        return answer(tenant, "update", caller, command);
    }

    @Override
    public Tenant suspend(Caller caller, TenantId tenantId, @Nullable Etag etag) {
        return answer(tenant, "suspend", caller, tenantId, etag);
    }

    @Override
    public Tenant resume(Caller caller, TenantId tenantId, @Nullable Etag etag) {
        return answer(tenant, "resume", caller, tenantId, etag);
    }

    @Override
    public void delete(Caller caller, TenantId tenantId, boolean force, @Nullable Etag etag) {
        answer("delete", "delete", caller, tenantId, force, etag);
    }
}
