package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link WorkloadRepository}. */
public abstract class WorkloadRepositoryContract extends PersistenceContract {

    @ParameterizedTest
    @EnumSource(WorkloadKind.class)
    void keepsEveryFieldExactly(WorkloadKind kind) {
        Tenant tenant = storedTenant();
        Workload plain = stored(Workloads.named(tenant.id(), "llama", kind));
        Workload odd = stored(new Workload(
                tenant.id(),
                Workloads.anId(),
                new WorkloadName("Lläma'; -- 🚀 \\ %"),
                kind,
                WorkloadState.DISABLED,
                new Revision(LATER, LATER.plusNanos(1_000), 1)));
        Workload renamed = plain.update(new WorkloadName("mistral"), WorkloadKind.SERVICE, LATER);
        Workload changed = renamed.disable(LATER.plusNanos(1_000));

        transact(repositories -> {
            repositories.workloads().update(renamed);
            repositories.workloads().update(changed);
        });

        transact(repositories -> {
            assertThat(repositories.workloads().find(tenant.id(), odd.id())).contains(odd);
            assertThat(repositories.workloads().find(tenant.id(), plain.id())).contains(changed);
        });
    }

    @Test
    void rejectsANameThatTheTenantUses() {
        Tenant tenant = storedTenant();
        stored(Workloads.named(tenant.id(), "llama", WorkloadKind.MODEL));
        Workload same = Workloads.named(tenant.id(), "llama", WorkloadKind.ENDPOINT);
        Workload other = stored(Workloads.model(tenant.id()));

        assertRefused(ErrorReason.WORKLOAD_NAME_TAKEN, () -> stored(same));
        assertRefused(
                ErrorReason.WORKLOAD_NAME_TAKEN, () -> update(other.update(new WorkloadName("llama"), null, LATER)));

        transact(repositories -> {
            assertThat(repositories.workloads().find(tenant.id(), same.id())).isEmpty();
            assertThat(repositories.workloads().find(tenant.id(), other.id())).contains(other);
        });
    }

    @Test
    void acceptsNamesThatOnlyLookAlike() {
        Tenant tenant = storedTenant();

        for (String name : List.of("strasse", "straße", "Strasse", "STRASSE", "stra sse", "stra-sse", "ｓtrasse")) {
            stored(Workloads.named(tenant.id(), name, WorkloadKind.MODEL));
        }
    }

    @Test
    void aNameIsTakenOnlyInItsTenant() {
        stored(Workloads.named(storedTenant().id(), "llama", WorkloadKind.MODEL));
        stored(Workloads.named(storedTenant().id(), "llama", WorkloadKind.MODEL));
    }

    @Test
    void deletionAndChangeFreeAName() {
        Tenant tenant = storedTenant();
        Workload deleted = stored(Workloads.named(tenant.id(), "deleted", WorkloadKind.MODEL));
        Workload changed = stored(Workloads.named(tenant.id(), "changed", WorkloadKind.MODEL));
        transact(repositories -> {
            repositories.workloads().delete(tenant.id(), deleted.id());
            repositories.workloads().update(changed.update(new WorkloadName("other"), null, LATER));
        });

        stored(Workloads.named(tenant.id(), "deleted", WorkloadKind.MODEL));
        stored(Workloads.named(tenant.id(), "changed", WorkloadKind.MODEL));
    }

    @Test
    void exactlyOneOfManyConcurrentInsertsOfOneNameSucceeds() {
        Tenant tenant = storedTenant();

        assertThat(Outcomes.of(50, number -> stored(Workloads.named(tenant.id(), "llama", WorkloadKind.MODEL))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.WORKLOAD_NAME_TAKEN.name(), 49L));
    }

    @Test
    void rejectsAWorkloadOfADeletedTenant() {
        Tenant tenant = storedTenant();
        transact(repositories -> repositories.tenants().delete(tenant.id()));

        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> stored(Workloads.model(tenant.id())));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> stored(Workloads.model(Tenants.anId())));
    }

    @Test
    void doesNotFindAnotherTenantsWorkload() {
        Workload workload = stored(Workloads.model(storedTenant().id()));
        TenantId other = storedTenant().id();

        transact(repositories -> {
            WorkloadRepository workloads = repositories.workloads();
            assertThat(workloads.find(other, workload.id())).isEmpty();
            assertThat(workloads.lock(other, workload.id())).isEmpty();
            assertThat(workloads.page(other, null, PageRequest.first(10)).items())
                    .isEmpty();
            workloads.delete(other, workload.id());
        });
        Workload moved = new Workload(
                other,
                workload.id(),
                workload.name(),
                workload.kind(),
                workload.state(),
                workload.revision().next(LATER));
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(moved));

        assertStored(workload);
    }

    @Test
    void aSecondLockWaitsAndSeesTheFirstOnesChanges() {
        Workload workload = stored(Workloads.model(storedTenant().id()));
        Workload changed = workload.disable(LATER);

        Optional<Workload> second = waitingFor(
                repositories -> {
                    assertThat(repositories.workloads().lock(workload.tenantId(), workload.id()))
                            .contains(workload);
                    repositories.workloads().update(changed);
                },
                repositories -> repositories.workloads().lock(workload.tenantId(), workload.id()));

        assertThat(second).contains(changed);
    }

    @Test
    void changesWaitForTheLock() {
        Workload workload = stored(Workloads.model(storedTenant().id()));

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> waitingFor(
                        repositories -> {
                            repositories.workloads().lock(workload.tenantId(), workload.id());
                            repositories.workloads().update(workload.disable(LATER));
                        },
                        repositories -> {
                            repositories.workloads().update(workload.update(null, WorkloadKind.SERVICE, LATER));
                            return workload;
                        }));
    }

    @Test
    void deletionWaitsForTheLock() {
        Workload workload = stored(Workloads.model(storedTenant().id()));

        waitingFor(repositories -> repositories.workloads().lock(workload.tenantId(), workload.id()), repositories -> {
            repositories.workloads().delete(workload.tenantId(), workload.id());
            return workload;
        });

        assertGone(workload);
    }

    @Test
    void assignmentsWaitForTheLockForDelete() {
        Workload workload = stored(Workloads.model(storedTenant().id()));
        User owner = stored(Users.member(workload.tenantId()));
        Token created = Tokens.issued(owner, Policies.boundTo(1), Tokens.draft("created", workload.id()));
        Token assigned = stored(Tokens.issued(owner, Policies.boundTo(1), Tokens.draft("assigned")));

        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> waitingFor(repositories -> lockAndDelete(repositories.workloads(), workload), repositories -> {
                    repositories.tokens().insert(created, Tokens.digest(created));
                    return created;
                }));
        stored(workload);
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> waitingFor(repositories -> lockAndDelete(repositories.workloads(), workload), repositories -> {
                    repositories.tokens().update(assigned.assign(Set.of(workload.id()), Policies.boundTo(1), LATER));
                    return assigned;
                }));
    }

    @Test
    void rejectsAnUpdateOfAnyButThePreviousRevision() {
        Workload first = stored(Workloads.model(storedTenant().id()));
        Workload second = first.disable(LATER);
        Workload third = second.enable(LATER);

        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(third));
        update(second);
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(first.update(null, WorkloadKind.SERVICE, LATER)));
        assertStored(second);

        transact(repositories -> repositories.workloads().delete(first.tenantId(), first.id()));
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(third));
    }

    @Test
    void deletesOnlyThatWorkload() {
        Tenant tenant = storedTenant();
        Workload deleted = stored(Workloads.model(tenant.id()));
        Workload kept = stored(Workloads.model(tenant.id()));

        transact(repositories -> {
            repositories.workloads().delete(tenant.id(), deleted.id());
            repositories.workloads().delete(tenant.id(), deleted.id());
            repositories.workloads().delete(tenant.id(), Workloads.anId());
        });

        transact(repositories -> assertThat(repositories
                        .workloads()
                        .page(tenant.id(), null, PageRequest.first(10))
                        .items())
                .containsExactly(kept));
    }

    @Test
    void pagesByDescendingIdAndKind() {
        Tenant tenant = storedTenant();
        Workload first = stored(Workloads.model(tenant.id()));
        Workload second = stored(Workloads.endpoint(tenant.id()));
        Workload third = stored(Workloads.model(tenant.id()));
        Workload fourth = stored(Workloads.model(tenant.id()));
        stored(Workloads.model(storedTenant().id()));

        transact(repositories -> {
            WorkloadRepository workloads = repositories.workloads();
            assertThat(workloads.page(tenant.id(), null, PageRequest.first(4)))
                    .isEqualTo(new Page<>(List.of(fourth, third, second, first), null));
            assertThat(workloads.page(tenant.id(), WorkloadKind.ENDPOINT, PageRequest.first(1)))
                    .isEqualTo(new Page<>(List.of(second), null));
            assertThat(workloads.page(tenant.id(), WorkloadKind.SERVICE, PageRequest.first(1)))
                    .isEqualTo(new Page<>(List.of(), null));
            Page<Workload> page = workloads.page(tenant.id(), WorkloadKind.MODEL, PageRequest.first(2));
            assertThat(page)
                    .isEqualTo(new Page<>(
                            List.of(fourth, third), new Cursor(third.id().value())));
            assertThat(workloads.page(tenant.id(), WorkloadKind.MODEL, new PageRequest(2, page.next())))
                    .isEqualTo(new Page<>(List.of(first), null));
        });
    }

    @Test
    void laterPagesDoNotChangeWithInsertsAndDeletions() {
        Tenant tenant = storedTenant();
        Workload first = stored(Workloads.model(tenant.id()));
        Workload second = stored(Workloads.model(tenant.id()));
        Page<Workload> page =
                inTransaction(repositories -> repositories.workloads().page(tenant.id(), null, PageRequest.first(1)));

        stored(Workloads.model(tenant.id()));
        transact(repositories -> repositories.workloads().delete(tenant.id(), second.id()));

        transact(repositories -> assertThat(
                        repositories.workloads().page(tenant.id(), null, new PageRequest(1, page.next())))
                .isEqualTo(new Page<>(List.of(first), null)));
    }

    private static void lockAndDelete(WorkloadRepository workloads, Workload workload) {
        workloads.lockForDelete(workload.tenantId(), workload.id());
        workloads.delete(workload.tenantId(), workload.id());
    }

    private void update(Workload workload) {
        transact(repositories -> repositories.workloads().update(workload));
    }

    private void assertStored(Workload workload) {
        transact(repositories -> assertThat(repositories.workloads().find(workload.tenantId(), workload.id()))
                .contains(workload));
    }

    private void assertGone(Workload workload) {
        transact(repositories -> assertThat(repositories.workloads().find(workload.tenantId(), workload.id()))
                .isEmpty());
    }
}
