package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static dev.jeton.application.fixture.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenAssignmentTest {
    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant(Policies.boundTo(2));
    private final User owner = jeton.member(tenant);
    private final IssuedToken issued = jeton.token(owner);
    private final Token token = issued.view().token();

    @Test
    void assignReplacesTheWholeSet() {
        Workload first = jeton.model(tenant);
        Workload second = jeton.model(tenant);
        Workload third = jeton.model(tenant);

        assertThat(assign(first.id(), second.id()).workloadIds()).containsExactly(first.id(), second.id());
        assertThat(assign(third.id()).workloadIds()).containsExactly(third.id());
        assertThat(assign().workloadIds()).isEmpty();
        assertThat(assign().revision().version()).isEqualTo(4);
        assertViolations(() -> assign(first.id(), second.id(), third.id()), ErrorReason.TOO_MANY_WORKLOADS);
    }

    @Test
    void assignRejectsUnknownWorkloads() {
        Workload foreign = jeton.model(jeton.tenant());

        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> assign(Workloads.anId()));
        assertRefused(
                ErrorReason.WORKLOAD_NOT_FOUND,
                () -> assign(foreign.id(), jeton.model(tenant).id()));
        assertThat(jeton.tokens.get(jeton.operator, token.id())).isEqualTo(issued.view());
    }

    @Test
    void aTenantWideTokenCannotBeAssigned() {
        Tenant unbound = jeton.tenant();
        Token wide = jeton.token(jeton.member(unbound)).view().token();
        jeton.tenants.update(
                jeton.operator, new UpdateTenant(unbound.id(), null, PolicyChange.to(Policies.boundTo(2)), null));

        for (Set<WorkloadId> workloads :
                List.of(Set.<WorkloadId>of(), Set.of(jeton.model(unbound).id()))) {
            assertRefused(
                    ErrorReason.TOKEN_TENANT_WIDE,
                    () -> jeton.tokens.assign(jeton.operator, new AssignToken(wide.id(), workloads, null)));
        }
    }

    @Test
    void aBoundTokenNeverBecomesTenantWide() {
        policy(TokenPolicy.DEFAULT);

        assertThat(assign().tenantWide()).isFalse();
        assertViolations(() -> assign(jeton.model(tenant).id()), ErrorReason.TOO_MANY_WORKLOADS);
    }

    @Test
    void anUnchangedAssignmentIsNotCheckedAgain() {
        WorkloadId first = jeton.model(tenant).id();
        WorkloadId second = jeton.model(tenant).id();
        Token assigned = assign(first, second);
        policy(Policies.boundTo(1));

        assertThat(assign(second, first)).isEqualTo(assigned);
        assertThat(assign(second).workloadIds()).containsExactly(second);
    }

    @Test
    void aTighterPolicyNeverPreventsUnassigning() {
        WorkloadId first = jeton.model(tenant).id();
        WorkloadId second = jeton.model(tenant).id();
        assign(first, second);
        policy(new TokenPolicy(
                NameRule.DEFAULT, ExpiryRule.DEFAULT, new WorkloadRule(1, true, true), Scopes.NONE, Scopes.NONE, 0));

        assertThat(assign(second).workloadIds()).containsExactly(second);
        assertThat(assign().workloadIds()).isEmpty();
    }

    private Token assign(WorkloadId... workloads) {
        return jeton.tokens
                .assign(jeton.operator, new AssignToken(token.id(), Set.of(workloads), null))
                .token();
    }

    private void policy(TokenPolicy policy) {
        jeton.tenants.update(jeton.operator, new UpdateTenant(tenant.id(), null, PolicyChange.to(policy), null));
    }
}
