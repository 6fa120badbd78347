package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.ProductPolicies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Assigning and expiring; {@link CancellationTest} and {@link TokenRenewTest} cover cancellation and renewal. */
class TokenLifeCycleTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");

    private final User owner = Users.member(Tenants.anId());
    private final WorkloadId one = Workloads.anId();
    private final WorkloadId two = Workloads.anId();
    private final WorkloadId three = Workloads.anId();
    private final Token tenantWide = Tokens.of(owner);
    private final Token bound = Tokens.issued(owner, Policies.boundTo(2), Tokens.draft("bound", one));

    @Test
    void assignmentReplacesAllWorkloads() {
        Token assigned = bound.assign(Set.of(three, two), Policies.boundTo(2), NOW);
        assertThat(assigned.workloadIds()).containsExactly(two, three);
        assertThat(assigned.tenantWide()).isFalse();
        assertThat(assigned.revision()).isEqualTo(bound.revision().next(NOW));
        assertThat(assigned.secretHint()).isEqualTo(bound.secretHint());
    }

    @Test
    void unassigningNeverWidensAccess() {
        Token unassigned = bound.assign(Set.of(), Policies.boundTo(2), NOW);
        assertThat(unassigned.workloadIds()).isEmpty();
        assertThat(unassigned.tenantWide()).isFalse();
        // Even if the policy no longer binds tokens, or required a workload only at creation.
        assertThat(bound.assign(Set.of(), TokenPolicy.DEFAULT, NOW).tenantWide())
                .isFalse();
        assertThat(bound.assign(Set.of(), ProductPolicies.aceCloud(), NOW).workloadIds())
                .isEmpty();
    }

    @Test
    void obeysTheCurrentMaximum() {
        assertThat(Refusal.of(() -> bound.assign(Set.of(one, two, three), Policies.boundTo(2), NOW)))
                .containsExactly("workload_ids TOO_MANY_WORKLOADS");
        assertThat(Refusal.of(() -> bound.assign(Set.of(one, two), Policies.boundTo(1), NOW)))
                .containsExactly("workload_ids TOO_MANY_WORKLOADS");
        assertThat(Refusal.of(() -> bound.assign(Set.of(two), TokenPolicy.DEFAULT, NOW)))
                .containsExactly("workload_ids TOO_MANY_WORKLOADS");
        assertThat(bound.assign(Set.of(one, two, three), Policies.boundTo(3), NOW)
                        .workloadIds())
                .hasSize(3);
    }

    @Test
    void cannotBeAssignedIfTenantWide() {
        for (Set<WorkloadId> workloadIds : Set.of(Set.<WorkloadId>of(), Set.of(one))) {
            FailedPrecondition refused = catchThrowableOfType(
                    FailedPrecondition.class, () -> tenantWide.assign(workloadIds, Policies.boundTo(2), NOW));
            assertThat(refused.reason()).isEqualTo(ErrorReason.TOKEN_TENANT_WIDE);
            assertThat(refused.metadata())
                    .isEqualTo(Map.of("token_id", tenantWide.id().toString()));
        }
    }

    @Test
    void copiesTheAssignedSet() {
        Set<WorkloadId> source = new HashSet<>(Set.of(two));
        Token assigned = bound.assign(source, Policies.boundTo(2), NOW);
        source.add(three);
        assertThat(assigned.workloadIds()).containsExactly(two);
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanges() {
        assertThat(bound.reactivate(Role.MEMBER, NOW)).isSameAs(bound);
        assertThat(bound.assign(Set.of(one), Policies.boundTo(2), NOW)).isSameAs(bound);
    }

    @Test
    void isExpiredFromItsInstantOn() {
        Token expiring = Tokens.issued(owner, ProductPolicies.latticaAi(), Tokens.draft("expiring"));
        Instant expiry = expiring.revision().createTime().plus(Duration.ofDays(30));
        assertThat(expiring.statusAt(expiring.revision().createTime())).isEqualTo(TokenStatus.ACTIVE);
        assertThat(expiring.statusAt(expiry.minusNanos(1))).isEqualTo(TokenStatus.ACTIVE);
        assertThat(expiring.statusAt(expiry)).isEqualTo(TokenStatus.EXPIRED);
        assertThat(tenantWide.statusAt(Instant.MAX)).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void cancelledTakesPrecedenceOverExpired() {
        Token expiring = Tokens.issued(owner, ProductPolicies.latticaAi(), Tokens.draft("expiring"));
        Instant late = NOW.plus(Duration.ofDays(365));
        Token cancelled = Tokens.cancelled(expiring, "lost", late);
        assertThat(cancelled.statusAt(late)).isEqualTo(TokenStatus.CANCELLED);
        assertThat(cancelled.reactivate(Role.MEMBER, late).statusAt(late)).isEqualTo(TokenStatus.EXPIRED);
    }
}
