package dev.jeton.application.token;

import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The verdicts that the operator gets about tokens. */
class VerdictTest {
    private static final Scopes INFERENCE = Scopes.of(new Scope("inference"));
    private static final WorkloadRule REQUIRED_FOR_USE = new WorkloadRule(2, true, false);

    private final InMemoryJeton jeton = new InMemoryJeton();

    /** Starts with every fault and fixes them one by one. */
    @Test
    void theFirstReasonInOrderIsTheVerdict() {
        Tenant tenant = jeton.tenant(new TokenPolicy(
                NameRule.DEFAULT,
                new ExpiryRule(Lifetime.ofDays(1), List.of(), null, false, false),
                REQUIRED_FOR_USE,
                Scopes.NONE,
                Scopes.NONE,
                0));
        User owner = jeton.member(tenant);
        Workload assigned = jeton.model(tenant);
        Workload demanded = jeton.model(tenant);
        IssuedToken issued = jeton.token(owner);
        TokenId id = issued.view().token().id();
        jeton.workloads.disable(jeton.operator, demanded.id(), null);
        jeton.clock.advance(Duration.ofDays(1));
        jeton.tokens.cancel(jeton.operator, new CancelToken(id, new FreeText(""), null));
        jeton.users.disable(jeton.operator, owner.id(), null);
        jeton.tenants.suspend(jeton.operator, tenant.id(), null);
        VerifyToken demand = demand(issued, null, Workloads.anId());

        assertThat(jeton.verify(jeton.credential, new VerifyToken(null, Tenants.anId(), null, INFERENCE)))
                .isEqualTo(Verification.Unknown.MALFORMED);
        assertThat(jeton.verify(jeton.credential, demand(issued, Tenants.anId(), Workloads.anId())))
                .isEqualTo(Verification.Unknown.NOT_FOUND);
        assertDenied(demand, DenialReason.TENANT_SUSPENDED);
        jeton.tenants.resume(jeton.operator, tenant.id(), null);
        assertDenied(demand, DenialReason.USER_DISABLED);
        jeton.users.enable(jeton.operator, owner.id(), null);
        assertDenied(demand, DenialReason.CANCELLED);
        jeton.tokens.reactivate(jeton.operator, id, null);
        assertDenied(demand, DenialReason.EXPIRED);
        jeton.tokens.renew(jeton.operator, new RenewToken(id, ExpirationChoice.unspecified(), null));
        assertDenied(demand, DenialReason.UNASSIGNED);
        jeton.tokens.assign(jeton.operator, new AssignToken(id, Set.of(assigned.id()), null));
        assertDenied(demand, DenialReason.WORKLOAD_NOT_FOUND);
        VerifyToken possible = demand(issued, tenant.id(), demanded.id());
        assertDenied(possible, DenialReason.WORKLOAD_DISABLED);
        jeton.workloads.enable(jeton.operator, demanded.id(), null);
        assertDenied(possible, DenialReason.WORKLOAD_NOT_ALLOWED);
        jeton.tokens.assign(jeton.operator, new AssignToken(id, Set.of(assigned.id(), demanded.id()), null));
        assertDenied(possible, DenialReason.SCOPE_NOT_GRANTED);
        jeton.tokens.update(
                jeton.operator,
                new UpdateToken(id, new TokenChange(null, null, ExpirationChoice.unspecified(), INFERENCE), null));
        assertThat(jeton.verify(jeton.credential, possible)).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void whatIsToldBelongsToTheToken() {
        Tenant tenant = jeton.tenant(Policies.boundTo(2));
        Workload workload = jeton.model(tenant);
        IssuedToken issued = jeton.token(jeton.member(tenant), Tokens.draft("bound", workload.id()));

        VerifiedToken token = allowed(jeton.verify(issued.secret()));

        assertThat(token.tokenId()).isEqualTo(issued.view().token().id());
        assertThat(token.tenantId()).isEqualTo(tenant.id());
        assertThat(token.ownerId()).isEqualTo(issued.view().token().ownerId());
        assertThat(token.tenantWide()).isFalse();
        assertThat(token.workloadIds()).containsExactly(workload.id());
    }

    @Test
    void aWrongSecretIsNotFound() {
        Tenant tenant = jeton.tenant();
        IssuedToken issued = jeton.token(jeton.member(tenant));
        TokenId id = issued.view().token().id();
        IssuedToken deleted = jeton.token(jeton.member(tenant));
        jeton.tokens.delete(jeton.operator, deleted.view().token().id(), null);

        for (TokenSecret secret : List.of(
                Tokens.secret(tenant.id(), id),
                Tokens.secret(tenant.id(), Tokens.anId()),
                Tokens.secret(Tenants.anId(), id),
                deleted.secret())) {
            assertThat(jeton.verify(secret)).isEqualTo(Verification.Unknown.NOT_FOUND);
        }
        allowed(jeton.verify(issued.secret()));
    }

    @Test
    void aTokenOfAnotherTenantThanDemandedIsNotFound() {
        IssuedToken issued = jeton.token(jeton.member(jeton.tenant()));
        PresentedToken secret = presented(issued.secret());
        TenantId own = issued.view().token().tenantId();

        allowed(jeton.verify(jeton.credential, new VerifyToken(secret, own, null, Scopes.NONE)));
        for (TenantId other : List.of(jeton.tenant().id(), TenantId.SYSTEM, Tenants.anId())) {
            assertThat(jeton.verify(jeton.credential, new VerifyToken(secret, other, null, Scopes.NONE)))
                    .isEqualTo(Verification.Unknown.NOT_FOUND);
        }
    }

    @Test
    void aTokenIsExpiredFromItsExpireTimeOn() {
        IssuedToken issued = jeton.token(jeton.member(
                jeton.tenant(Policies.with(new ExpiryRule(Lifetime.ofDays(1), List.of(), null, false, false)))));

        jeton.clock.advance(Duration.ofDays(1).minusNanos(1_000));
        allowed(jeton.verify(issued.secret()));
        jeton.clock.advance(Duration.ofNanos(1_000));
        assertThat(reason(jeton.verify(issued.secret()))).isEqualTo(DenialReason.EXPIRED);
    }

    @Test
    void unsetDemandsAreNotChecked() {
        Tenant tenant = jeton.tenant(Policies.boundTo(2));
        Workload disabled = jeton.model(tenant);
        IssuedToken unassigned = jeton.token(jeton.member(tenant));
        IssuedToken assigned = jeton.token(jeton.member(tenant), Tokens.draft("bound", disabled.id()));
        jeton.workloads.disable(jeton.operator, disabled.id(), null);

        allowed(jeton.verify(unassigned.secret()));
        allowed(jeton.verify(assigned.secret()));
    }

    @Test
    void aTenantWideTokenPassesForEveryActiveWorkloadOfItsTenantOnly() {
        Tenant tenant = jeton.tenant();
        Workload active = jeton.model(tenant);
        Workload disabled = jeton.model(tenant);
        Workload foreign = jeton.model(jeton.tenant());
        IssuedToken wide = jeton.token(jeton.member(tenant));
        jeton.workloads.disable(jeton.operator, disabled.id(), null);
        jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.with(REQUIRED_FOR_USE)), null));

        allowed(verifyFor(wide, active));
        assertThat(reason(verifyFor(wide, disabled))).isEqualTo(DenialReason.WORKLOAD_DISABLED);
        assertThat(reason(verifyFor(wide, foreign))).isEqualTo(DenialReason.WORKLOAD_NOT_FOUND);
    }

    @Test
    void requiredForUseAppliesImmediately() {
        Tenant tenant = jeton.tenant(Policies.boundTo(2));
        Workload workload = jeton.model(tenant);
        IssuedToken unassigned = jeton.token(jeton.member(tenant));
        assertThat(reason(verifyFor(unassigned, workload))).isEqualTo(DenialReason.WORKLOAD_NOT_ALLOWED);

        jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.with(REQUIRED_FOR_USE)), null));
        assertThat(reason(jeton.verify(unassigned.secret()))).isEqualTo(DenialReason.UNASSIGNED);

        jeton.tenants.update(
                jeton.operator, new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.boundTo(2)), null));
        allowed(jeton.verify(unassigned.secret()));
    }

    @Test
    void allDemandedScopesMustBeGranted() {
        Scope training = new Scope("training");
        IssuedToken none = jeton.token(jeton.member(jeton.tenant()));
        IssuedToken one = jeton.token(jeton.member(jeton.tenant(Policies.withScopes(Scopes.NONE, INFERENCE))));

        assertThat(reason(verifyFor(none, INFERENCE))).isEqualTo(DenialReason.SCOPE_NOT_GRANTED);
        allowed(verifyFor(one, INFERENCE));
        assertThat(reason(verifyFor(one, Scopes.of(new Scope("inference"), training))))
                .isEqualTo(DenialReason.SCOPE_NOT_GRANTED);
    }

    private Verification verifyFor(IssuedToken issued, Workload workload) {
        return jeton.verify(
                jeton.credential, new VerifyToken(presented(issued.secret()), null, workload.id(), Scopes.NONE));
    }

    private Verification verifyFor(IssuedToken issued, Scopes scopes) {
        return jeton.verify(jeton.credential, new VerifyToken(presented(issued.secret()), null, null, scopes));
    }

    private void assertDenied(VerifyToken demand, DenialReason reason) {
        Verification verification = jeton.verify(jeton.credential, demand);
        assertThat(verification).isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                .isEqualTo(reason));
    }

    private static VerifiedToken allowed(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.Allowed.class);
        return ((Verification.Allowed) verification).token();
    }

    private static DenialReason reason(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.Denied.class);
        return ((Verification.Denied) verification).reason();
    }

    private static VerifyToken demand(IssuedToken issued, @Nullable TenantId tenant, WorkloadId workload) {
        return new VerifyToken(presented(issued.secret()), tenant, workload, INFERENCE);
    }
}
