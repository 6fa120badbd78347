package dev.jeton.application.tenant;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.access.TenantAccess;
import dev.jeton.application.audit.AuditedResource;
import dev.jeton.application.audit.Auditor;
import dev.jeton.application.idempotency.Idempotency;
import dev.jeton.application.idempotency.Idempotency.CreateCall;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TenantRepository.Contents;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages tenants. Thread-safe. */
public final class TenantUseCases implements TenantAdministration {
    private final Transactor transactor;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Auditor auditor;
    private final Idempotency idempotency;

    public TenantUseCases(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        this.transactor = transactor;
        this.clock = clock;
        this.ids = ids;
        this.auditor = auditor;
        this.idempotency = idempotency;
    }

    @Override
    public Created<Tenant> create(Caller caller, CreateTenant command) {
        AccessRules.require(caller, Operation.CREATE_TENANT);
        Tenant tenant =
                Tenant.create(new TenantId(ids.next()), command.displayName(), command.policy(), clock.instant());
        return transactor.inTransaction(repositories -> idempotency.createOnce(
                repositories,
                new CreateCall(caller, Operation.CREATE_TENANT, command.requestKey()),
                tenant.id().value(),
                () -> {
                    repositories.tenants().insert(tenant);
                    auditor.created(repositories, caller, Operation.CREATE_TENANT, AuditedResource.of(tenant));
                    return tenant;
                },
                id -> tenant(repositories, new TenantId(id))));
    }

    @Override
    public Tenant get(Caller caller, TenantId tenantId) {
        AccessRules.require(caller, Operation.GET_TENANT);
        TenantId resolved = TenantAccess.resolve(caller, tenantId);
        return transactor.inTransaction(repositories -> tenant(repositories, resolved));
    }

    @Override
    public Page<Tenant> list(Caller caller, PageRequest page) {
        AccessRules.require(caller, Operation.LIST_TENANTS);
        return transactor.inTransaction(repositories -> repositories.directory().tenants(page));
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
        AccessRules.require(caller, Operation.DELETE_TENANT);
        transactor.inTransaction(repositories -> {
            Tenant tenant = lock(repositories, tenantId);
            tenant.requireDeletable();
            tenant.revision().requireEtag(etag);
            if (!force && !repositories.tenants().isEmpty(tenantId)) {
                throw new FailedPrecondition(
                        ErrorReason.TENANT_NOT_EMPTY,
                        "Tenant %s has users or workloads; delete them first or set force.".formatted(tenantId),
                        Map.of("tenant_id", tenantId.toString()));
            }
            Contents contents = repositories.tenants().delete(tenantId);
            auditor.deleted(
                    repositories,
                    caller,
                    Operation.DELETE_TENANT,
                    AuditedResource.of(tenant).with(contents));
            return tenantId;
        });
    }

    private Tenant change(
            Caller caller,
            Operation operation,
            TenantId tenantId,
            @Nullable Etag etag,
            BiFunction<Tenant, Instant, Tenant> change) {
        AccessRules.require(caller, operation);
        TenantId resolved = TenantAccess.resolve(caller, tenantId);
        return transactor.inTransaction(repositories -> {
            Tenant tenant = lock(repositories, resolved);
            Tenant changed = change.apply(tenant, clock.instant());
            if (changed != tenant) {
                tenant.revision().requireEtag(etag);
                repositories.tenants().update(changed);
                auditor.changed(
                        repositories, caller, operation, AuditedResource.of(tenant), AuditedResource.of(changed));
            }
            return changed;
        });
    }

    private static Tenant tenant(Repositories repositories, TenantId tenantId) {
        return repositories.tenants().find(tenantId).orElseThrow(() -> Missing.tenant(tenantId));
    }

    private static Tenant lock(Repositories repositories, TenantId tenantId) {
        return repositories.tenants().lock(tenantId).orElseThrow(() -> Missing.tenant(tenantId));
    }
}
