package dev.jeton.domain.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationTest {
    /** The order of the contract, independent of the enum. */
    private static final List<DenialReason> ORDER = List.of(
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

    private static final VerificationDemand NO_DEMAND = VerificationDemand.of(null, null, Scopes.NONE);
    private static final int CASES = 128 * 3 * 5 * 4 * 4;

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

        boolean isUnknown() {
            return unknown || wrongSecret || tenant == DemandedTenant.OTHER;
        }

        /** Whether the reason applies, regardless of others. */
        boolean applies(DenialReason reason) {
            boolean demanded = workload != Workload.NOT_DEMANDED;
            return switch (reason) {
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
            VerificationDemand demand = VerificationDemand.of(
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
            return unknown ? Verification.Unknown.NOT_FOUND : evaluate(facts(), demand, state.orElse(null), time());
        }

        /** As the token of a caller of Jeton. */
        Verification verifyCaller() {
            return evaluate(facts(), VerificationDemand.OF_CALLERS, null, time());
        }

        TokenFacts facts() {
            VerifiedToken token = new VerifiedToken(
                    TENANT,
                    TOKEN,
                    OWNER,
                    Role.MEMBER,
                    binding == Binding.TENANT_WIDE,
                    new TreeSet<>(
                            switch (binding) {
                                case TENANT_WIDE, NONE -> List.<WorkloadId>of();
                                case DEMANDED_ONE -> List.of(DEMANDED);
                                case BOTH -> List.of(DEMANDED, OTHER);
                                case OTHER_ONE -> List.of(OTHER);
                            }),
                    Scopes.of(READ),
                    Expiry.at(EXPIRY));
            return new TokenFacts(
                    token,
                    List.of(secret(wrongSecret ? DIGEST_OF_ANOTHER : DIGEST)),
                    suspended ? TenantState.SUSPENDED : TenantState.ACTIVE,
                    workloadRequired,
                    ownerDisabled ? UserState.DISABLED : UserState.ACTIVE,
                    cancelled);
        }

        Instant time() {
            return expired ? EXPIRY : EXPIRY.minusNanos(1);
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
        Map<DenialReason, Integer> seen = new EnumMap<>(DenialReason.class);
        int allowed = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = numbered(i);
            Verification verification = one.verify();
            Optional<DenialReason> expected =
                    ORDER.stream().filter(one::applies).findFirst();
            if (one.isUnknown()) {
                assertThat(verification).as(one.toString()).isEqualTo(Verification.Unknown.NOT_FOUND);
            } else {
                assertThat(reason(verification)).as(one.toString()).isEqualTo(expected);
                expected.ifPresent(reason -> seen.merge(reason, 1, Integer::sum));
                allowed += expected.isEmpty() ? 1 : 0;
            }
        }
        assertThat(seen.keySet()).containsExactlyElementsOf(ORDER);
        assertThat(allowed).isPositive();
    }

    /** A reason added later does not compile here until it is said whether it concerns callers. */
    @Test
    void aCallersTokenIsDeniedForEveryReasonButThoseOfWorkloadsAndScopes() {
        for (int i = 0; i < CASES; i++) {
            Case one = numbered(i);
            if (!one.isUnknown()) {
                Optional<DenialReason> expected = ORDER.stream()
                        .filter(VerificationTest::concernsCallers)
                        .filter(one::applies)
                        .findFirst();
                assertThat(reason(one.verifyCaller())).as(one.toString()).isEqualTo(expected);
            }
        }
    }

    private static boolean concernsCallers(DenialReason reason) {
        return switch (reason) {
            case TENANT_SUSPENDED, USER_DISABLED, CANCELLED, EXPIRED -> true;
            case UNASSIGNED, WORKLOAD_NOT_FOUND, WORKLOAD_DISABLED, WORKLOAD_NOT_ALLOWED, SCOPE_NOT_GRANTED -> false;
        };
    }

    /** An unassigned caller passes that check only: the checks after it still apply. */
    @ParameterizedTest
    @EnumSource(DenialReason.class)
    void aCheckAfterThatOfTheAssignmentAppliesToCallersToo(DenialReason later) {
        TokenFacts unassignedAndAllElse = new Case(
                        false,
                        false,
                        DemandedTenant.OWN,
                        true,
                        true,
                        true,
                        true,
                        true,
                        Binding.NONE,
                        Workload.NOT_DEMANDED,
                        DemandedScopes.NONE)
                .facts();
        TokenUse caller = new TokenUse(unassignedAndAllElse, VerificationDemand.OF_CALLERS, null, EXPIRY);

        assertThat(reason(caller.verdict(DenialReason.UNASSIGNED, later)))
                .isEqualTo(Optional.of(later).filter(VerificationTest::concernsCallers));
    }

    @Test
    void reasonsAreInTheOrderOfTheContract() {
        assertThat(DenialReason.values()).containsExactlyElementsOf(ORDER);
    }

    @Test
    void passesWhenNothingIsWrong() {
        assertThat(GOOD.verify()).isInstanceOf(Verification.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({"-1000, true", "-1, true", "0, false", "1, false", "1000, false"})
    void passesUntilTheNanosecondBeforeItsExpiry(long nanos, boolean passes) {
        assertThat(evaluate(facts(Expiry.at(EXPIRY)), NO_DEMAND, null, EXPIRY.plusNanos(nanos)))
                .isInstanceOf(passes ? Verification.Allowed.class : Verification.Denied.class);
    }

    @Test
    void passesForeverIfItNeverExpires() {
        assertThat(evaluate(facts(Expiry.NEVER), NO_DEMAND, null, Instant.MAX))
                .isInstanceOf(Verification.Allowed.class);
    }

    @ParameterizedTest
    @EnumSource(WorkloadState.class)
    void ignoresAWorkloadThatIsNotDemanded(WorkloadState state) {
        assertThat(evaluate(facts(Expiry.NEVER), NO_DEMAND, state, EXPIRY)).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void theMatchTellsWhichSecretWasPresented() {
        LiveSecret other = secret(DIGEST_OF_ANOTHER);
        LiveSecret matching = secret(DIGEST);

        assertThat(match(EXPIRY, other, matching)).isSameAs(matching);
        assertThat(match(EXPIRY, matching, other)).isSameAs(matching);
        assertThat(match(EXPIRY, other)).isNull();
        assertThat(match(EXPIRY)).isNull();
    }

    @Test
    void aSecretEndsAtItsOwnTime() {
        LiveSecret previous = new LiveSecret(SecretId.ofFirst(TOKEN), DIGEST, Expiry.at(EXPIRY));

        assertThat(match(EXPIRY.minusNanos(1), secret(DIGEST_OF_ANOTHER), previous))
                .isSameAs(previous);
        assertThat(match(EXPIRY, secret(DIGEST_OF_ANOTHER), previous)).isNull();
    }

    @Test
    void aMissingKeyOfOneSecretHidesNoOther() {
        LiveSecret keyed = secret(new SecretDigest("hmac-sha256:elsewhere", new byte[32]));
        LiveSecret matching = secret(DIGEST);

        assertThat(match(EXPIRY, keyed, matching)).isSameAs(matching);
        assertThat(match(EXPIRY, matching, keyed)).isSameAs(matching);
        assertThatThrownBy(() -> match(EXPIRY, keyed, secret(DIGEST_OF_ANOTHER)))
                .isInstanceOfSatisfying(Unavailable.class, missing -> assertThat(missing.reason())
                        .isEqualTo(ErrorReason.SECRET_KEY_MISSING));
    }

    private static @Nullable LiveSecret match(Instant now, LiveSecret... secrets) {
        return new TokenFacts(
                        facts(Expiry.NEVER).token(),
                        List.of(secrets),
                        TenantState.ACTIVE,
                        false,
                        UserState.ACTIVE,
                        false)
                .match(presented(), NO_DEMAND, HASHER, now);
    }

    private static Verification evaluate(
            TokenFacts facts, VerificationDemand demand, @Nullable WorkloadState workload, Instant now) {
        return facts.match(presented(), demand, HASHER, now) == null
                ? Verification.Unknown.NOT_FOUND
                : facts.verify(demand, workload, now);
    }

    private static Optional<DenialReason> reason(Verification verification) {
        if (verification instanceof Verification.Denied denied) {
            assertThat(denied.token().tokenId()).isEqualTo(TOKEN);
            return Optional.of(denied.reason());
        }
        assertThat(verification).isInstanceOfSatisfying(Verification.Allowed.class, allowed -> assertThat(
                        allowed.token().tokenId())
                .isEqualTo(TOKEN));
        return Optional.empty();
    }

    private static TokenFacts facts(Expiry expiry) {
        return new TokenFacts(
                new VerifiedToken(TENANT, TOKEN, OWNER, Role.MEMBER, true, new TreeSet<>(), Scopes.NONE, expiry),
                List.of(secret(DIGEST)),
                TenantState.ACTIVE,
                true,
                UserState.ACTIVE,
                false);
    }

    private static LiveSecret secret(SecretDigest digest) {
        return new LiveSecret(SecretId.ofFirst(TOKEN), digest, Expiry.NEVER);
    }

    private static PresentedToken presented() {
        return PresentedToken.parse(SECRET.revealSecret()).orElseThrow();
    }
}
