package dev.jeton.application.workload;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadUseCasesTest {
    private static final WorkloadName NAME = new WorkloadName("llama-3");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant(Policies.boundTo(2));
    private final User owner = jeton.member(tenant);

    @Test
    void createsAnActiveWorkload() {
        Workload workload = create(tenant, "llama-3");

        Instant now = Instant.parse("2026-03-05T10:15:30.123456Z");
        assertThat(workload)
                .isEqualTo(new Workload(
                        tenant.id(),
                        workload.id(),
                        NAME,
                        WorkloadKind.ENDPOINT,
                        WorkloadState.ACTIVE,
                        new Revision(now, now, 1)));
        assertThat(jeton.workloads.get(jeton.operator, workload.id())).isEqualTo(workload);
    }

    @Test
    void theTenantDefaultsToTheCallers() {
        Workload workload = jeton.workloads
                .create(jeton.operator, new CreateWorkload(null, NAME, WorkloadKind.SERVICE, null))
                .resource();

        assertThat(workload.tenantId()).isEqualTo(TenantId.SYSTEM);
        assertThat(jeton.workloads
                        .list(jeton.operator, null, null, PageRequest.first(1))
                        .items())
                .containsExactly(workload);
    }

    @Test
    void rejectsATakenName() {
        Workload first = create(tenant, "llama-3");
        Workload second = create(tenant, "mistral");

        assertRefused(ErrorReason.WORKLOAD_NAME_TAKEN, () -> create(tenant, "llama-3"));
        assertRefused(
                ErrorReason.WORKLOAD_NAME_TAKEN,
                () -> jeton.workloads.update(jeton.operator, new UpdateWorkload(second.id(), NAME, null, null)));
        create(jeton.tenant(), "llama-3");
        jeton.workloads.delete(jeton.operator, first.id(), null);
        create(tenant, "llama-3");
    }

    @Test
    void listsTheWorkloadsOfATenantNewestFirst() {
        Workload first = create(tenant, "llama-3");
        Workload second = jeton.model(tenant);
        Workload third = create(tenant, "mistral");
        jeton.model(jeton.tenant());

        Page<Workload> page = jeton.workloads.list(jeton.operator, tenant.id(), null, PageRequest.first(2));
        assertThat(page.items()).containsExactly(third, second);
        assertThat(jeton.workloads.list(jeton.operator, tenant.id(), null, new PageRequest(2, page.next())))
                .isEqualTo(new Page<>(List.of(first), null));
        assertThat(jeton.workloads
                        .list(jeton.operator, tenant.id(), WorkloadKind.MODEL, PageRequest.first(2))
                        .items())
                .containsExactly(second);
    }

    @Test
    void updatesSetFieldsAndKeepsTheRest() {
        Workload workload = create(tenant, "llama-3");

        Workload moved = jeton.workloads.update(
                jeton.operator, new UpdateWorkload(workload.id(), null, WorkloadKind.SERVICE, null));
        Workload renamed = jeton.workloads.update(
                jeton.operator, new UpdateWorkload(workload.id(), new WorkloadName("llama-4"), null, null));

        assertThat(moved).isEqualTo(workload.update(null, WorkloadKind.SERVICE, jeton.clock.instant()));
        assertThat(renamed).isEqualTo(moved.update(new WorkloadName("llama-4"), null, jeton.clock.instant()));
        assertThat(jeton.workloads.get(jeton.operator, workload.id())).isEqualTo(renamed);
    }

    @Test
    void aStaleEtagFailsUnlessNothingWouldChange() {
        Workload workload = create(tenant, "llama-3");
        Etag stale = workload.revision().etag();
        Workload disabled = jeton.workloads.disable(jeton.operator, workload.id(), stale);

        assertThat(jeton.workloads.disable(jeton.operator, workload.id(), stale))
                .isEqualTo(disabled);
        assertThat(jeton.workloads.update(jeton.operator, new UpdateWorkload(workload.id(), NAME, null, stale)))
                .isEqualTo(disabled);
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.workloads.enable(jeton.operator, workload.id(), stale));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.workloads.update(
                        jeton.operator, new UpdateWorkload(workload.id(), null, WorkloadKind.MODEL, stale)));
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.workloads.delete(jeton.operator, workload.id(), stale));

        jeton.workloads.delete(
                jeton.operator, workload.id(), disabled.revision().etag());
        assertUnknown(workload.id());
    }

    @Test
    void allTokensAreDeniedForADisabledWorkload() {
        Workload workload = jeton.model(tenant);
        IssuedToken token = jeton.token(owner, Tokens.draft("bound", workload.id()));
        assertThat(verify(token, workload)).isInstanceOf(Verification.Allowed.class);

        jeton.workloads.disable(jeton.operator, workload.id(), null);
        assertDenied(token, workload, DenialReason.WORKLOAD_DISABLED);

        Workload enabled = jeton.workloads.enable(jeton.operator, workload.id(), null);
        assertThat(jeton.workloads.enable(jeton.operator, workload.id(), null)).isEqualTo(enabled);
        assertThat(verify(token, workload)).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void deletionRemovesAssignmentsAndNeverWidensAccess() {
        Workload workload = jeton.model(tenant);
        Workload other = jeton.model(tenant);
        Workload third = jeton.model(tenant);
        IssuedToken only = jeton.token(owner, Tokens.draft("only", workload.id()));
        IssuedToken both = jeton.token(owner, Tokens.draft("both", workload.id(), other.id()));
        jeton.clock.advance(Duration.ofMinutes(1));

        jeton.workloads.delete(jeton.operator, workload.id(), null);

        assertUnknown(workload.id());
        assertDenied(only, workload, DenialReason.WORKLOAD_NOT_FOUND);
        assertDenied(only, other, DenialReason.WORKLOAD_NOT_ALLOWED);
        assertDenied(both, third, DenialReason.WORKLOAD_NOT_ALLOWED);
        assertThat(verify(both, other)).isInstanceOf(Verification.Allowed.class);
        Token unassigned = current(only);
        assertThat(unassigned.workloadIds()).isEmpty();
        assertThat(unassigned.tenantWide()).isFalse();
        assertThat(unassigned.revision())
                .isEqualTo(only.view().token().revision().next(jeton.clock.instant()));
        assertThat(current(both).workloadIds()).containsExactly(other.id());
    }

    @Test
    void unknownIdsAreNotFound() {
        assertUnknown(Workloads.anId());
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> jeton.workloads.create(
                        jeton.operator, new CreateWorkload(Tenants.anId(), NAME, WorkloadKind.MODEL, null)));
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> jeton.workloads.list(jeton.operator, Tenants.anId(), null, PageRequest.first(1)));
    }

    private Workload create(Tenant where, String name) {
        return jeton.workloads
                .create(
                        jeton.operator,
                        new CreateWorkload(where.id(), new WorkloadName(name), WorkloadKind.ENDPOINT, null))
                .resource();
    }

    private Token current(IssuedToken token) {
        return jeton.tokens.get(jeton.operator, token.view().token().id()).token();
    }

    private Verification verify(IssuedToken token, Workload workload) {
        return jeton.verify(
                jeton.credential,
                new VerifyToken(InMemoryJeton.presented(token.secret()), null, workload.id(), Scopes.NONE));
    }

    private void assertDenied(IssuedToken token, Workload workload, DenialReason reason) {
        assertThat(verify(token, workload))
                .isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo(reason));
    }

    private void assertUnknown(WorkloadId id) {
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> jeton.workloads.get(jeton.operator, id));
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> jeton.workloads.update(jeton.operator, new UpdateWorkload(id, NAME, null, null)));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> jeton.workloads.disable(jeton.operator, id, null));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> jeton.workloads.enable(jeton.operator, id, null));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> jeton.workloads.delete(jeton.operator, id, null));
    }
}
