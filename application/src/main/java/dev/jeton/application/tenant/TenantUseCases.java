package dev.jeton.application.tenant;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages tenants. Thread-safe. */
public final class TenantUseCases implements TenantAdministration {
    private final Calls calls;

    public TenantUseCases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Created<Tenant> create(Caller caller, CreateTenant command) {
        return calls.create(
                caller,
                Operation.CREATE_TENANT,
                command.requestKey(),
                call -> call.createOnce(
                        command.requestKey(),
                        id -> {
                            Tenant tenant = Tenant.create(
                                    new TenantId(id), command.displayName(), command.policy(), call.now());
                            call.changes().insert(tenant);
                            return tenant;
                        },
                        id -> call.tenant(new TenantId(id))));
    }

    @Override
    public Tenant get(Caller caller, TenantId tenantId) {
        return calls.read(caller, Operation.GET_TENANT, call -> call.tenant(tenantId));
    }

    @Override
    public Page<Tenant> list(Caller caller, PageRequest page) {
        return calls.read(caller, Operation.LIST_TENANTS, call -> call.repositories()
                .directory()
                .tenants(page));
    }

    @Override
    public Tenant update(Caller caller, UpdateTenant command) {
        return change(
                caller,
                Operation.UPDATE_TENANT,
                command.tenantId(),
                command.etag(),
                (tenant, now) -> tenant.update(command.displayName(), command.policy(), now));
    }

    @Override
    public Tenant suspend(Caller caller, TenantId tenantId, @Nullable Etag etag) {
        return change(caller, Operation.SUSPEND_TENANT, tenantId, etag, Tenant::suspend);
    }

    @Override
    public Tenant resume(Caller caller, TenantId tenantId, @Nullable Etag etag) {
        return change(caller, Operation.RESUME_TENANT, tenantId, etag, Tenant::resume);
    }

    @Override
    public void delete(Caller caller, TenantId tenantId, boolean force, @Nullable Etag etag) {
        calls.run(caller, Operation.DELETE_TENANT, call -> {
            Tenant tenant = call.lockForDelete(tenantId);
            tenant.requireDeletable();
            tenant.revision().requireEtag(etag);
            if (!force && !call.repositories().tenants().isEmpty(tenantId)) {
                throw new FailedPrecondition(
                        ErrorReason.TENANT_NOT_EMPTY,
                        "Tenant %s has users or workloads; delete them first or set force.".formatted(tenantId),
                        Map.of("tenant_id", tenantId.toString()));
            }
            call.changes().delete(tenant);
            return tenantId;
        });
    }

    private Tenant change(
            Caller caller,
            Operation operation,
            TenantId tenantId,
            @Nullable Etag etag,
            BiFunction<Tenant, Instant, Tenant> change) {
        return calls.run(caller, operation, call -> {
            Tenant tenant = call.lock(tenantId);
            Tenant changed = change.apply(tenant, call.now());
            if (changed != tenant) {
                tenant.revision().requireEtag(etag);
                call.changes().update(tenant, changed);
            }
            return changed;
        });
    }
}
