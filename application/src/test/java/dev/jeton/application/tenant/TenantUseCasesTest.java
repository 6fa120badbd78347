package dev.jeton.application.tenant;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TenantUseCasesTest {
    private static final TenantName NEW_NAME = new TenantName("Acme AI, Inc.");

    private final InMemoryJeton jeton = new InMemoryJeton();

    @Test
    void createsAnActiveTenant() {
        TokenPolicy policy = Policies.withQuota(3);

        Tenant tenant = jeton.tenants
                .create(jeton.operator, new CreateTenant(NEW_NAME, policy, null))
                .resource();

        Instant now = Instant.parse("2026-03-05T10:15:30.123456Z");
        assertThat(tenant)
                .isEqualTo(new Tenant(tenant.id(), NEW_NAME, TenantState.ACTIVE, policy, new Revision(now, now, 1)));
        assertThat(jeton.tenants.get(jeton.operator, tenant.id())).isEqualTo(tenant);
    }

    @Test
    void tenantsMayShareAName() {
        assertThat(jeton.tenant().id()).isNotEqualTo(jeton.tenant().id());
    }

    @Test
    void listsAllTenantsNewestFirst() {
        Tenant first = jeton.tenant();
        Tenant second = jeton.tenant();

        Page<Tenant> page = jeton.tenants.list(jeton.operator, PageRequest.first(2));
        Page<Tenant> last = jeton.tenants.list(jeton.operator, new PageRequest(2, page.next()));

        assertThat(page.items()).containsExactly(second, first);
        assertThat(last.items()).extracting(Tenant::id).containsExactly(TenantId.SYSTEM);
        assertThat(last.next()).isNull();
    }

    @Test
    void updatesSetFieldsAndKeepsTheRest() {
        Tenant tenant = jeton.tenant(Policies.withQuota(3));
        jeton.clock.advance(Duration.ofMinutes(1));

        Tenant renamed =
                jeton.tenants.update(jeton.operator, new UpdateTenant(tenant.id(), NEW_NAME, PolicyChange.NONE, null));
        Tenant changed = jeton.tenants.update(
                jeton.operator, new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.withQuota(4)), null));

        assertThat(renamed).isEqualTo(tenant.update(NEW_NAME, PolicyChange.NONE, jeton.clock.instant()));
        assertThat(changed.displayName()).isEqualTo(NEW_NAME);
        assertThat(changed.policy()).isEqualTo(Policies.withQuota(4));
        assertThat(jeton.tenants.get(jeton.operator, tenant.id())).isEqualTo(changed);
    }

    @Test
    void updatesThePolicyPartByPart() {
        Tenant tenant = jeton.tenant(ProductPolicies.fptAiStudio());
        PolicyChange unbind = new PolicyChange(null, null, null, Scopes.NONE, Scopes.NONE, 3);

        TokenPolicy changed = jeton.tenants
                .update(jeton.operator, new UpdateTenant(tenant.id(), null, unbind, null))
                .policy();

        assertThat(changed)
                .isEqualTo(new TokenPolicy(
                        tenant.policy().nameRule(),
                        tenant.policy().expiryRule(),
                        tenant.policy().workloadRule(),
                        Scopes.NONE,
                        Scopes.NONE,
                        3));
    }

    @Test
    void aChangedPartMustAgreeWithTheKeptOnes() {
        Tenant tenant = jeton.tenant(ProductPolicies.fptAiStudio());
        PolicyChange narrower = new PolicyChange(null, null, null, Scopes.of(new Scope("model-hub")), null, null);

        assertRefused(
                ErrorReason.POLICY_CONTRADICTION,
                () -> jeton.tenants.update(jeton.operator, new UpdateTenant(tenant.id(), null, narrower, null)));
        assertThat(jeton.tenants.get(jeton.operator, tenant.id())).isEqualTo(tenant);
    }

    @Test
    void aStaleEtagFailsUnlessNothingWouldChange() {
        Tenant tenant = jeton.tenant();
        Etag stale = tenant.revision().etag();
        Tenant suspended = jeton.tenants.suspend(jeton.operator, tenant.id(), stale);

        assertThat(jeton.tenants.suspend(jeton.operator, tenant.id(), stale)).isEqualTo(suspended);
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.tenants.resume(jeton.operator, tenant.id(), stale));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.tenants.update(
                        jeton.operator, new UpdateTenant(tenant.id(), NEW_NAME, PolicyChange.NONE, stale)));
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.tenants.delete(jeton.operator, tenant.id(), true, stale));
        assertThat(jeton.tenants.update(
                        jeton.operator, new UpdateTenant(tenant.id(), tenant.displayName(), PolicyChange.NONE, stale)))
                .isEqualTo(suspended);

        Tenant renamed = jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(
                        tenant.id(),
                        NEW_NAME,
                        PolicyChange.NONE,
                        suspended.revision().etag()));
        jeton.tenants.delete(
                jeton.operator, tenant.id(), false, renamed.revision().etag());
        assertUnknown(tenant.id());
    }

    @Test
    void allTokensOfASuspendedTenantAreDenied() {
        Tenant tenant = jeton.tenant();
        IssuedToken token = jeton.token(jeton.member(tenant));
        IssuedToken elsewhere = jeton.token(jeton.member(jeton.tenant()));

        Tenant suspended = jeton.tenants.suspend(jeton.operator, tenant.id(), null);
        assertThat(suspended.state()).isEqualTo(TenantState.SUSPENDED);
        assertThat(jeton.verify(token.secret()))
                .isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.TENANT_SUSPENDED));
        assertThat(jeton.verify(elsewhere.secret())).isInstanceOf(Verification.Allowed.class);

        Tenant resumed = jeton.tenants.resume(jeton.operator, tenant.id(), null);
        assertThat(resumed.state()).isEqualTo(TenantState.ACTIVE);
        assertThat(jeton.tenants.resume(jeton.operator, tenant.id(), null)).isEqualTo(resumed);
        assertThat(jeton.verify(token.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void theSystemTenantIsProtected() {
        assertRefused(
                ErrorReason.SYSTEM_TENANT_PROTECTED,
                () -> jeton.tenants.suspend(jeton.operator, TenantId.SYSTEM, null));
        for (boolean force : new boolean[] {false, true}) {
            assertRefused(
                    ErrorReason.SYSTEM_TENANT_PROTECTED,
                    () -> jeton.tenants.delete(jeton.operator, TenantId.SYSTEM, force, null));
        }

        assertThat(jeton.users.profile(jeton.operator).tenant().state()).isEqualTo(TenantState.ACTIVE);
    }

    @Test
    void deletesOnlyAnEmptyTenant() {
        Tenant empty = jeton.tenant();
        Tenant withUser = jeton.tenant();
        Tenant withWorkload = jeton.tenant();
        jeton.member(withUser);
        jeton.model(withWorkload);

        jeton.tenants.delete(jeton.operator, empty.id(), false, null);

        assertUnknown(empty.id());
        assertRefused(
                ErrorReason.TENANT_NOT_EMPTY, () -> jeton.tenants.delete(jeton.operator, withUser.id(), false, null));
        assertRefused(
                ErrorReason.TENANT_NOT_EMPTY,
                () -> jeton.tenants.delete(jeton.operator, withWorkload.id(), false, null));
    }

    @Test
    void forceDeletesEverythingInTheTenant() {
        Tenant tenant = jeton.tenant();
        User owner = jeton.member(tenant);
        Workload workload = jeton.model(tenant);
        IssuedToken token = jeton.token(owner);

        jeton.tenants.delete(jeton.operator, tenant.id(), true, null);

        assertUnknown(tenant.id());
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> jeton.users.get(jeton.operator, owner.id()));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> jeton.workloads.get(jeton.operator, workload.id()));
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND,
                () -> jeton.tokens.get(jeton.operator, token.view().token().id()));
        assertThat(jeton.verify(token.secret())).isEqualTo(Verification.Unknown.NOT_FOUND);
    }

    @Test
    void anUnknownTenantIsNotFound() {
        assertUnknown(Tenants.anId());
    }

    private void assertUnknown(TenantId id) {
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> jeton.tenants.get(jeton.operator, id));
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> jeton.tenants.update(jeton.operator, new UpdateTenant(id, NEW_NAME, PolicyChange.NONE, null)));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> jeton.tenants.suspend(jeton.operator, id, null));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> jeton.tenants.resume(jeton.operator, id, null));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> jeton.tenants.delete(jeton.operator, id, true, null));
    }
}
