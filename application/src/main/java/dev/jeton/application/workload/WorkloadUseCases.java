package dev.jeton.application.workload;

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
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages workloads. Thread-safe. */
public final class WorkloadUseCases implements WorkloadAdministration {
    private final Transactor transactor;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Auditor auditor;
    private final Idempotency idempotency;

    public WorkloadUseCases(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        this.transactor = transactor;
        this.clock = clock;
        this.ids = ids;
        this.auditor = auditor;
        this.idempotency = idempotency;
    }

    @Override
    public Created<Workload> create(Caller caller, CreateWorkload command) {
        AccessRules.require(caller, Operation.CREATE_WORKLOAD);
        TenantId tenantId = TenantAccess.resolve(caller, command.tenantId());
        Workload workload =
                Workload.create(tenantId, new WorkloadId(ids.next()), command.name(), command.kind(), clock.instant());
        return transactor.inTransaction(repositories -> {
            requireTenant(repositories, tenantId);
            return idempotency.createOnce(
                    repositories,
                    new CreateCall(caller, Operation.CREATE_WORKLOAD, command.requestKey()),
                    workload.id().value(),
                    () -> {
                        repositories.workloads().insert(workload);
                        auditor.created(repositories, caller, Operation.CREATE_WORKLOAD, AuditedResource.of(workload));
                        return workload;
                    },
                    id -> workload(repositories, tenantId, new WorkloadId(id)));
        });
    }

    @Override
    public Workload get(Caller caller, WorkloadId workloadId) {
        AccessRules.require(caller, Operation.GET_WORKLOAD);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TenantAccess.tenantOf(workloadId, caller, repositories.directory());
            return workload(repositories, tenantId, workloadId);
        });
    }

    @Override
    public Page<Workload> list(
            Caller caller, @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page) {
        AccessRules.require(caller, Operation.LIST_WORKLOADS);
        TenantId resolved = TenantAccess.resolve(caller, tenantId);
        return transactor.inTransaction(repositories -> {
            requireTenant(repositories, resolved);
            return repositories.workloads().page(resolved, kind, page);
        });
    }

    @Override
    public Workload update(Caller caller, UpdateWorkload command) {
        return change(
                caller,
                Operation.UPDATE_WORKLOAD,
                command.workloadId(),
                command.etag(),
                (workload, now) -> workload.update(command.name(), command.kind(), now));
    }

    @Override
    public Workload disable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return change(caller, Operation.DISABLE_WORKLOAD, workloadId, etag, Workload::disable);
    }

    @Override
    public Workload enable(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        return change(caller, Operation.ENABLE_WORKLOAD, workloadId, etag, Workload::enable);
    }

    @Override
    public void delete(Caller caller, WorkloadId workloadId, @Nullable Etag etag) {
        AccessRules.require(caller, Operation.DELETE_WORKLOAD);
        transactor.inTransaction(repositories -> {
            Workload workload = lock(caller, repositories, workloadId);
            workload.revision().requireEtag(etag);
            List<TokenId> tokenIds =
                    repositories.tokens().unassignAll(workload.tenantId(), workloadId, clock.instant());
            repositories.workloads().delete(workload.tenantId(), workloadId);
            auditor.deleted(
                    repositories,
                    caller,
                    Operation.DELETE_WORKLOAD,
                    AuditedResource.of(workload).withTokens(tokenIds));
            return workloadId;
        });
    }

    private Workload change(
            Caller caller,
            Operation operation,
            WorkloadId workloadId,
            @Nullable Etag etag,
            BiFunction<Workload, Instant, Workload> change) {
        AccessRules.require(caller, operation);
        return transactor.inTransaction(repositories -> {
            Workload workload = lock(caller, repositories, workloadId);
            Workload changed = change.apply(workload, clock.instant());
            if (changed != workload) {
                workload.revision().requireEtag(etag);
                repositories.workloads().update(changed);
                auditor.changed(
                        repositories, caller, operation, AuditedResource.of(workload), AuditedResource.of(changed));
            }
            return changed;
        });
    }

    private static Workload workload(Repositories repositories, TenantId tenantId, WorkloadId workloadId) {
        return repositories.workloads().find(tenantId, workloadId).orElseThrow(() -> Missing.workload(workloadId));
    }

    private static Workload lock(Caller caller, Repositories repositories, WorkloadId workloadId) {
        TenantId tenantId = TenantAccess.tenantOf(workloadId, caller, repositories.directory());
        return repositories.workloads().lock(tenantId, workloadId).orElseThrow(() -> Missing.workload(workloadId));
    }

    private static void requireTenant(Repositories repositories, TenantId tenantId) {
        if (repositories.tenants().find(tenantId).isEmpty()) {
            throw Missing.tenant(tenantId);
        }
    }
}
