package dev.jeton.application.audit;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditUseCasesTest {
    private final InMemoryJeton jeton = new InMemoryJeton();
    private final AuditTrail audit = new AuditUseCases(jeton.calls);
    private final Tenant tenant = jeton.tenant();
    private final Caller admin = jeton.caller(jeton.user(tenant, Role.TENANT_ADMIN, "admin@example.com"));

    /** After the events of the set-up. */
    private final AuditEvent event = appended(AuditEvents.of(tenant.id()));

    @Test
    void showsAnAdminItsOwnTenantsEvents() {
        assertThat(list(admin, null).items()).startsWith(event);
        assertThat(list(admin, tenant.id()).items()).startsWith(event);
    }

    @Test
    void showsAnOperatorEveryTenantsEvents() {
        assertThat(list(jeton.operator, tenant.id()).items()).startsWith(event);
        assertThat(list(jeton.operator, null).items()).doesNotContain(event);
    }

    @Test
    void hidesOtherTenantsFromAnAdmin() {
        Tenant other = jeton.tenant();
        appended(AuditEvents.of(other.id()));

        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> list(admin, other.id()));
    }

    @Test
    void rejectsMembersAndTokensWithoutManageScope() {
        Caller member = jeton.caller(jeton.member(tenant));
        Caller verifier =
                jeton.caller(jeton.user(tenant, Role.TENANT_ADMIN, "verifier@example.com"), Scopes.of(Scope.VERIFY));

        assertRefused(ErrorReason.PERMISSION_DENIED, () -> list(member, null));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> list(verifier, null));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> list(member, Tenants.anId()));
    }

    @Test
    void filtersAndPages() {
        UserId actor = Users.anId();
        AuditEvent first = appended(AuditEvents.by(tenant.id(), actor, null));
        AuditEvent second = appended(AuditEvents.by(tenant.id(), actor, null));
        AuditFilter filter = new AuditFilter(null, actor, null, null, null);

        Page<AuditEvent> page = audit.list(admin, new ListAuditEvents(null, filter, PageRequest.first(1)));

        assertThat(page.items()).containsExactly(second);
        assertThat(audit.list(admin, new ListAuditEvents(null, filter, new PageRequest(1, page.next())))
                        .items())
                .containsExactly(first);
    }

    @Test
    void listIsEmptyIfNoEventMatches() {
        AuditFilter nobody = new AuditFilter(null, Users.anId(), null, null, null);

        assertThat(audit.list(jeton.operator, new ListAuditEvents(tenant.id(), nobody, PageRequest.first(10)))
                        .items())
                .isEmpty();
    }

    @Test
    void showsAnOperatorTheEventsOfADeletedTenant() {
        TenantId gone = Tenants.anId();
        AuditEvent left = appended(AuditEvents.of(gone));
        AuditFilter nobody = new AuditFilter(null, Users.anId(), null, null, null);

        assertThat(list(jeton.operator, gone).items()).containsExactly(left);
        assertThat(audit.list(jeton.operator, new ListAuditEvents(gone, nobody, PageRequest.first(10)))
                        .items())
                .isEmpty();
    }

    @Test
    void aTenantThatNeverExistedIsNotFound() {
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> list(jeton.operator, Tenants.anId()));
    }

    private Page<AuditEvent> list(Caller caller, @Nullable TenantId tenantId) {
        return audit.list(caller, new ListAuditEvents(tenantId, AuditFilter.NONE, PageRequest.first(100)));
    }

    private AuditEvent appended(AuditEvent added) {
        jeton.persistence.transactor().inTransaction(repositories -> {
            repositories.audit().append(added);
            return true;
        });
        return added;
    }
}
