package dev.jeton.domain.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.TenantName;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TenantTest {
    private static final Instant NOW = Instant.parse("2026-03-06T10:15:30.000001Z");
    private static final TenantName OTHER_NAME = new TenantName("Umbrella AI");
    private static final TokenPolicy OTHER_POLICY = Policies.withQuota(7);

    private final Tenant acme = Tenants.acme();

    @Test
    void startsActive() {
        assertThat(acme.state()).isEqualTo(TenantState.ACTIVE);
        assertThat(acme.revision().version()).isEqualTo(1);
    }

    @Test
    void updatesGivenFieldsAndKeepsTheRest() {
        assertThat(acme.update(OTHER_NAME, PolicyChange.NONE, NOW))
                .isEqualTo(new Tenant(
                        acme.id(),
                        OTHER_NAME,
                        TenantState.ACTIVE,
                        acme.policy(),
                        acme.revision().next(NOW)));
        assertThat(acme.update(null, PolicyChange.to(OTHER_POLICY), NOW))
                .isEqualTo(new Tenant(
                        acme.id(),
                        acme.displayName(),
                        TenantState.ACTIVE,
                        OTHER_POLICY,
                        acme.revision().next(NOW)));
        assertThat(acme.suspend(NOW)
                        .update(OTHER_NAME, PolicyChange.to(OTHER_POLICY), NOW)
                        .state())
                .isEqualTo(TenantState.SUSPENDED);
    }

    @Test
    void isSuspendedAndResumed() {
        Tenant suspended = acme.suspend(NOW);
        assertThat(suspended.state()).isEqualTo(TenantState.SUSPENDED);
        assertThat(suspended.revision()).isEqualTo(acme.revision().next(NOW));
        assertThat(suspended.resume(NOW).state()).isEqualTo(TenantState.ACTIVE);
        assertThat(suspended.resume(NOW).revision().version()).isEqualTo(3);
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanges() {
        Tenant suspended = acme.suspend(NOW);
        assertThat(suspended.suspend(NOW)).isSameAs(suspended);
        assertThat(acme.resume(NOW)).isSameAs(acme);
        assertThat(acme.update(null, PolicyChange.NONE, NOW)).isSameAs(acme);
        assertThat(acme.update(new TenantName("Acme AI"), PolicyChange.to(Policies.withQuota(0)), NOW))
                .isSameAs(acme);
    }

    @Test
    void protectsTheSystemTenant() {
        Tenant system = Tenants.system();
        assertThat(refusal(() -> system.suspend(NOW))).isEqualTo(ErrorReason.SYSTEM_TENANT_PROTECTED);
        assertThat(refusal(system::requireDeletable)).isEqualTo(ErrorReason.SYSTEM_TENANT_PROTECTED);
        assertThat(system.update(OTHER_NAME, PolicyChange.NONE, NOW).displayName())
                .isEqualTo(OTHER_NAME);
        assertThatCode(acme::requireDeletable).doesNotThrowAnyException();
    }

    @Test
    void recognizesTheSystemTenantByItsId() {
        assertThat(TenantId.SYSTEM.isSystem()).isTrue();
        assertThat(new TenantId(UUID.fromString("00000000-0000-7000-8000-000000000001")).isSystem())
                .isTrue();
        assertThat(acme.id().isSystem()).isFalse();
        assertThat(TenantId.SYSTEM).hasToString("00000000-0000-7000-8000-000000000001");
        assertThat(TenantId.SYSTEM.value().version()).isEqualTo(7);
    }

    private static ErrorReason refusal(ThrowingCallable command) {
        return catchThrowableOfType(FailedPrecondition.class, command).reason();
    }

    @Test
    void namesTheContradictingPartOfThePolicy() {
        Scopes a = Scopes.of(new Scope("a"));
        Tenant tenant = Tenants.withPolicy(Policies.withScopes(a, a));
        PolicyChange change = new PolicyChange(null, null, null, Scopes.of(new Scope("b")), null, null);
        assertThat(Refusal.of(() -> tenant.update(OTHER_NAME, change, NOW)))
                .containsExactly("token_policy.default_scopes POLICY_CONTRADICTION");
    }
}
