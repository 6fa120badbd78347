package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationTest {
    /** The order of the contract, independent of the enum. */
    private static final List<DenialReason> ORDER = List.of(
            DenialReason.MALFORMED,
            DenialReason.NOT_FOUND,
            DenialReason.TENANT_SUSPENDED,
            DenialReason.USER_DISABLED,
            DenialReason.CANCELLED,
            DenialReason.EXPIRED,
            DenialReason.UNASSIGNED,
            DenialReason.WORKLOAD_NOT_FOUND,
            DenialReason.WORKLOAD_DISABLED,
            DenialReason.WORKLOAD_NOT_ALLOWED,
            DenialReason.SCOPE_NOT_GRANTED);

    private static final Instant EXPIRY = Instant.parse("2026-04-04T10:15:30.123456Z");
    private static final Scope READ = new Scope("read");
    private static final Scope WRITE = new Scope("write");
    private static final TenantId TENANT = Tenants.anId();
    private static final TokenId TOKEN = Tokens.anId();
    private static final UserId OWNER = Users.anId();
    private static final WorkloadId DEMANDED = Workloads.anId();
    private static final WorkloadId OTHER = Workloads.anId();
    private static final SecretHasher HASHER = new SecretHasher();
    private static final TokenSecret SECRET = Tokens.secret(TENANT, TOKEN);
    private static final SecretDigest DIGEST = HASHER.digest(SECRET);
    private static final SecretDigest DIGEST_OF_ANOTHER = HASHER.digest(Tokens.secret(TENANT, TOKEN));

    private enum Binding {
        TENANT_WIDE,
        DEMANDED_ONE,
        BOTH,
        OTHER_ONE,
        NONE
    }

    private enum Workload {
        NOT_DEMANDED,
        ACTIVE,
        DISABLED,
        MISSING
    }

    private enum DemandedScopes {
        NONE,
        GRANTED,
        PARTLY,
        MISSING
    }

    private enum DemandedTenant {
        ANY,
        OWN,
        OTHER
    }

    /** One combination of states; each boolean is one fault. */
    private record Case(
            boolean unknown,
            boolean wrongSecret,
            DemandedTenant tenant,
            boolean suspended,
            boolean ownerDisabled,
            boolean cancelled,
            boolean expired,
            boolean workloadRequired,
            Binding binding,
            Workload workload,
            DemandedScopes scopes) {

        /** Whether the reason applies, regardless of others. */
        boolean applies(DenialReason reason) {
            boolean demanded = workload != Workload.NOT_DEMANDED;
            return switch (reason) {
                case MALFORMED -> false;
                case NOT_FOUND -> unknown || wrongSecret || tenant == DemandedTenant.OTHER;
                case TENANT_SUSPENDED -> suspended;
                case USER_DISABLED -> ownerDisabled;
                case CANCELLED -> cancelled;
                case EXPIRED -> expired;
                case UNASSIGNED -> workloadRequired && binding == Binding.NONE;
                case WORKLOAD_NOT_FOUND -> workload == Workload.MISSING;
                case WORKLOAD_DISABLED -> workload == Workload.DISABLED;
                case WORKLOAD_NOT_ALLOWED -> demanded && (binding == Binding.OTHER_ONE || binding == Binding.NONE);
                case SCOPE_NOT_GRANTED -> scopes == DemandedScopes.PARTLY || scopes == DemandedScopes.MISSING;
            };
        }

        Verification verify() {
            TokenFacts facts = new TokenFacts(
                    TENANT,
                    TOKEN,
                    wrongSecret ? DIGEST_OF_ANOTHER : DIGEST,
                    suspended ? TenantState.SUSPENDED : TenantState.ACTIVE,
                    workloadRequired,
                    OWNER,
                    ownerDisabled ? UserState.DISABLED : UserState.ACTIVE,
                    Role.MEMBER,
                    cancelled,
                    Expiry.at(EXPIRY),
                    binding == Binding.TENANT_WIDE,
                    new TreeSet<>(
                            switch (binding) {
                                case TENANT_WIDE, NONE -> List.<WorkloadId>of();
                                case DEMANDED_ONE -> List.of(DEMANDED);
                                case BOTH -> List.of(DEMANDED, OTHER);
                                case OTHER_ONE -> List.of(OTHER);
                            }),
                    Scopes.of(READ));
            VerificationDemand demand = new VerificationDemand(
                    switch (tenant) {
                        case ANY -> null;
                        case OWN -> TENANT;
                        case OTHER -> Tenants.anId();
                    },
                    workload == Workload.NOT_DEMANDED ? null : DEMANDED,
                    switch (scopes) {
                        case NONE -> Scopes.NONE;
                        case GRANTED -> Scopes.of(READ);
                        case PARTLY -> Scopes.of(READ, WRITE);
                        case MISSING -> Scopes.of(WRITE);
                    });
            Optional<WorkloadState> state =
                    switch (workload) {
                        case NOT_DEMANDED, MISSING -> Optional.empty();
                        case ACTIVE -> Optional.of(WorkloadState.ACTIVE);
                        case DISABLED -> Optional.of(WorkloadState.DISABLED);
                    };
            return Verification.evaluate(
                    presented(),
                    demand,
                    unknown ? Optional.empty() : Optional.of(facts),
                    state,
                    HASHER,
                    expired ? EXPIRY : EXPIRY.minusNanos(1));
        }
    }

    private static final Case GOOD = new Case(
            false,
            false,
            DemandedTenant.OWN,
            false,
            false,
            false,
            false,
            true,
            Binding.DEMANDED_ONE,
            Workload.ACTIVE,
            DemandedScopes.GRANTED);

    /** Decodes a case number in mixed radix: there are 2⁷ · 3 · 5 · 4 · 4. */
    private static Case numbered(int number) {
        int[] rest = {number};
        return new Case(
                next(rest, 2) == 1,
                next(rest, 2) == 1,
                DemandedTenant.values()[next(rest, 3)],
                next(rest, 2) == 1,
                next(rest, 2) == 1,
                next(rest, 2) == 1,
                next(rest, 2) == 1,
                next(rest, 2) == 1,
                Binding.values()[next(rest, 5)],
                Workload.values()[next(rest, 4)],
                DemandedScopes.values()[next(rest, 4)]);
    }

    private static int next(int[] rest, int radix) {
        int digit = rest[0] % radix;
        rest[0] /= radix;
        return digit;
    }

    @Test
    void returnsTheFirstReasonForEveryCombination() {
        int cases = 128 * 3 * 5 * 4 * 4;
        Map<DenialReason, Integer> seen = new EnumMap<>(DenialReason.class);
        int allowed = 0;
        for (int i = 0; i < cases; i++) {
            Case one = numbered(i);
            Optional<DenialReason> expected =
                    ORDER.stream().filter(one::applies).findFirst();
            Verification verification = one.verify();
            Optional<DenialReason> actual = verification instanceof Verification.Denied denied
                    ? Optional.of(denied.reason())
                    : Optional.empty();
            assertThat(actual).as(one.toString()).isEqualTo(expected);
            actual.ifPresent(reason -> seen.merge(reason, 1, Integer::sum));
            allowed += actual.isEmpty() ? 1 : 0;
        }
        assertThat(seen.keySet()).containsExactlyElementsOf(ORDER.subList(1, ORDER.size()));
        assertThat(allowed).isPositive();
    }

    @Test
    void reasonsAreInTheOrderOfTheContract() {
        assertThat(DenialReason.values()).containsExactlyElementsOf(ORDER);
    }

    @Test
    void returnsTheTokenUnlessMalformedOrNotFound() {
        for (int i = 0; i < 128 * 3 * 5 * 4 * 4; i++) {
            Verification verification = numbered(i).verify();
            if (verification instanceof Verification.Denied denied) {
                assertThat(denied.token() == null).isEqualTo(denied.reason() == DenialReason.NOT_FOUND);
            } else if (verification instanceof Verification.Allowed passed) {
                assertThat(passed.token().tokenId()).isEqualTo(TOKEN);
            }
        }
        assertThat(Verification.malformed()).isEqualTo(new Verification.Denied(DenialReason.MALFORMED, null));
    }

    @Test
    void passesWhenNothingIsWrong() {
        assertThat(GOOD.verify()).isInstanceOf(Verification.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({"-1000, true", "-1, true", "0, false", "1, false", "1000, false"})
    void passesUntilTheNanosecondBeforeItsExpiry(long nanos, boolean passes) {
        assertThat(evaluate(facts(Expiry.at(EXPIRY)), VerificationDemand.NONE, EXPIRY.plusNanos(nanos)))
                .isInstanceOf(passes ? Verification.Allowed.class : Verification.Denied.class);
    }

    @Test
    void passesForeverIfItNeverExpires() {
        assertThat(evaluate(facts(Expiry.NEVER), VerificationDemand.NONE, Instant.MAX))
                .isInstanceOf(Verification.Allowed.class);
    }

    @ParameterizedTest
    @EnumSource(WorkloadState.class)
    void ignoresAWorkloadThatIsNotDemanded(WorkloadState state) {
        assertThat(Verification.evaluate(
                        presented(),
                        VerificationDemand.NONE,
                        Optional.of(facts(Expiry.NEVER)),
                        Optional.of(state),
                        HASHER,
                        EXPIRY))
                .isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void demandsNothingByDefault() {
        assertThat(VerificationDemand.NONE).isEqualTo(new VerificationDemand(null, null, Scopes.NONE));
    }

    private static Verification evaluate(TokenFacts facts, VerificationDemand demand, Instant now) {
        return Verification.evaluate(presented(), demand, Optional.of(facts), Optional.empty(), HASHER, now);
    }

    private static TokenFacts facts(Expiry expiry) {
        return new TokenFacts(
                TENANT,
                TOKEN,
                DIGEST,
                TenantState.ACTIVE,
                true,
                OWNER,
                UserState.ACTIVE,
                Role.MEMBER,
                false,
                expiry,
                true,
                new TreeSet<>(),
                Scopes.NONE);
    }

    private static PresentedToken presented() {
        return PresentedToken.parse(SECRET.revealSecret()).orElseThrow();
    }
}
