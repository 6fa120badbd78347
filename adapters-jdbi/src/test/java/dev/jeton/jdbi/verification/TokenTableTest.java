package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests each rule of docs/verification.md with an interleaving that fails without it. */
@Tag("G2")
class TokenTableTest {
    private static final List<UUID> NONE = List.of();

    private final TokenTable table = new TokenTable(1 << 25);
    private final User ada = Users.member(Tenants.anId());
    private final TenantId tenant = ada.tenantId();
    private final TokenFacts token = factsOf(ada);
    private final TokenFacts other = factsOf(ada);
    private final WorkloadKey workload = new WorkloadKey(tenant, Workloads.anId());
    private final Position zero = position(0);

    @BeforeEach
    void holdEntriesReadAtZero() {
        table.advance(tenant, zero, List.of());
        read(zero, token, other);
        assertThat(isHeld(token)).isTrue();
        assertThat(table.find(workload)).isEqualTo(WorkloadState.ACTIVE);
    }

    @Test
    void entriesStayWhileThePositionDoes() {
        table.advance(tenant, zero, List.of());

        assertThat(table.find(key(token))).isSameAs(token);
        assertThat(table.applied(tenant)).isEqualTo(zero);
    }

    @Test
    void aChangedTokenIsDroppedAndNoOther() {
        Change one = touchingTokens(zero, token);

        table.advance(tenant, one.position(), List.of(one));

        assertThat(isHeld(token)).isFalse();
        assertThat(isHeld(other)).isTrue();
        assertThat(table.find(workload)).isNotNull();
        assertThat(table.applied(tenant)).isEqualTo(one.position());
    }

    @Test
    void aChangedWorkloadIsDropped() {
        Change one = new Change(
                position(1),
                zero.tag(),
                false,
                NONE,
                NONE,
                List.of(workload.workloadId().value()));

        table.advance(tenant, one.position(), List.of(one));

        assertThat(table.find(workload)).isNull();
        assertThat(isHeld(token)).isTrue();
    }

    @Test
    void aChangedUserDropsEachTokenUntilItIsReadAgain() {
        TokenFacts ofAnother = factsOf(Users.member(tenant));
        read(zero, ofAnother);
        Change demoted = touchingUser(zero, ada);

        table.advance(tenant, demoted.position(), List.of(demoted));

        assertThat(isHeld(token)).isFalse();
        assertThat(isHeld(other)).isFalse();
        assertThat(isHeld(ofAnother)).isTrue();

        read(demoted.position(), token);
        assertThat(isHeld(token)).isTrue();
        assertThat(isHeld(other)).isFalse();
    }

    @Test
    void severalChangesAreAppliedAtOnce() {
        Change one = touchingTokens(zero, token);
        Change two = touchingTokens(one.position(), other);

        table.advance(tenant, two.position(), List.of(one, two));

        assertThat(isHeld(token)).isFalse();
        assertThat(isHeld(other)).isFalse();
        assertThat(table.find(workload)).isNotNull();
    }

    @Test
    void aGapInTheRecordsDropsEverything() {
        Change one = touchingTokens(zero, Tokens.anId().value());
        Change two = touchingTokens(one.position(), Tokens.anId().value());
        Change three = touchingTokens(two.position(), Tokens.anId().value());

        table.advance(tenant, three.position(), List.of(one, three));

        assertNothingIsHeldAt(three.position());
    }

    @Test
    void purgedRecordsDropEverything() {
        Position later = position(7);

        table.advance(tenant, later, List.of());

        assertNothingIsHeldAt(later);
    }

    @Test
    void recordsThatEndBeforeThePositionDropEverything() {
        Change one = touchingTokens(zero, Tokens.anId().value());
        Position two = position(2);

        table.advance(tenant, two, List.of(one));

        assertNothingIsHeldAt(two);
    }

    @Test
    void theSameNumberWithAnotherTagDropsEverything() {
        Position restored = position(0);

        table.advance(tenant, restored, List.of());

        assertNothingIsHeldAt(restored);
    }

    @Test
    void aLowerNumberDropsEverything() {
        Change one = touchingTokens(zero, Tokens.anId().value());
        table.advance(tenant, one.position(), List.of(one));

        table.advance(tenant, zero, List.of());

        assertNothingIsHeldAt(zero);
    }

    @Test
    void aDivergedHistoryDropsEverything() {
        Position lost = position(0);
        Change one = touchingTokens(lost, Tokens.anId().value());

        table.advance(tenant, one.position(), List.of(one));

        assertNothingIsHeldAt(one.position());
    }

    @Test
    void aChangeOfTheTenantDropsEverything() {
        Change suspended = new Change(position(1), zero.tag(), true, NONE, NONE, NONE);

        table.advance(tenant, suspended.position(), List.of(suspended));

        assertNothingIsHeldAt(suspended.position());
    }

    @Test
    void aDeletedTenantIsDropped() {
        table.advance(tenant, null, List.of());

        assertThat(isHeld(token)).isFalse();
        assertThat(table.applied(tenant)).isNull();
    }

    @Test
    void entriesFromBeforeAGapDoNotComeBack() {
        table.advance(tenant, null, List.of());
        table.advance(tenant, zero, List.of());

        assertThat(isHeld(token)).isFalse();
    }

    @Test
    void aLoadOlderThanAChangeIsNotKept() {
        TokenFacts loading = factsOf(Users.member(tenant));
        Change one = touchingTokens(zero, loading.token().tokenId().value());
        table.advance(tenant, one.position(), List.of(one));

        read(zero, loading);

        assertThat(isHeld(loading)).isFalse();
    }

    @Test
    void aLoadOlderThanAChangeOfItsUserIsNotKept() {
        User disabled = Users.member(tenant);
        TokenFacts loading = factsOf(disabled);
        Change one = touchingUser(zero, disabled);
        table.advance(tenant, one.position(), List.of(one));

        read(zero, loading);

        assertThat(isHeld(loading)).isFalse();
    }

    @Test
    void aLoadNewerThanTheTableIsNotKept() {
        TokenFacts loading = factsOf(Users.member(tenant));
        Change cancelled = touchingTokens(position(1), loading.token().tokenId().value());

        read(cancelled.position(), loading);

        assertThat(isHeld(loading)).isFalse();
    }

    @Test
    void aLoadFromBeforeAGapIsNotKept() {
        TokenFacts loading = factsOf(Users.member(tenant));
        table.advance(tenant, position(0), List.of());

        read(zero, loading);

        assertThat(isHeld(loading)).isFalse();
    }

    @Test
    void nothingIsKeptOfATenantWithoutAPosition() {
        TokenFacts stranger = factsOf(Users.member(Tenants.anId()));

        table.keep(new Snapshot(Instant.EPOCH, Map.of(key(stranger), stranger), Map.of()), Map.of());
        read(position(0), stranger);

        assertThat(isHeld(stranger)).isFalse();
    }

    @Test
    void tenantsAreIndependent() {
        TokenFacts elsewhere = factsOf(Users.member(Tenants.anId()));
        Position there = position(41);
        table.advance(elsewhere.token().tenantId(), there, List.of());
        read(there, elsewhere);

        table.advance(tenant, position(9), List.of());

        assertThat(isHeld(token)).isFalse();
        assertThat(isHeld(elsewhere)).isTrue();
    }

    @Test
    void aTokenIsNotFoundUnderAnotherTenant() {
        TenantId another = Tenants.anId();
        table.advance(another, zero, List.of());

        assertThat(table.find(new TokenKey(another, token.token().tokenId()))).isNull();
    }

    @Test
    void tooManyChangedUsersDropEverything() {
        Position reached = changeUsers(table, zero, TenantEntries.MAX_CHANGED_USERS);
        assertThat(isHeld(token)).isTrue();

        Change oneMore = touchingUser(reached, Users.member(tenant));
        table.advance(tenant, oneMore.position(), List.of(oneMore));

        assertNothingIsHeldAt(oneMore.position());
    }

    /** A tenth of the table is for tenants: 10,000 bytes hold fewer than 100 changed users. */
    @Test
    void changedUsersCountAgainstTheLimit() {
        TokenTable small = new TokenTable(100_000);
        small.advance(tenant, zero, List.of());
        Position reached = changeUsers(small, zero, 50);
        assertThat(small.applied(tenant)).isEqualTo(reached);

        reached = changeUsers(small, reached, 100);

        assertThat(small.applied(tenant)).isNotEqualTo(reached);
    }

    /** Each change touches another user. Stops when the tenant is dropped. */
    private Position changeUsers(TokenTable changed, Position from, int users) {
        Position reached = from;
        for (int i = 1; i <= users && changed.applied(tenant) != null; i++) {
            Change change = touchingUser(reached, Users.member(tenant));
            changed.advance(tenant, change.position(), List.of(change));
            reached = change.position();
        }
        return reached;
    }

    @Test
    void staysWithinItsLimit() {
        TokenTable small = new TokenTable(100_000);
        small.advance(tenant, zero, List.of());
        int held = 0;
        List<TokenFacts> many = Collections.nCopies(1_000, ada).stream()
                .map(TokenTableTest::factsOf)
                .toList();
        many.forEach(facts ->
                small.keep(new Snapshot(Instant.EPOCH, Map.of(key(facts), facts), Map.of()), Map.of(tenant, zero)));

        for (TokenFacts facts : many) {
            held += small.find(key(facts)) == null ? 0 : 1;
        }

        assertThat(held).isBetween(50, 250);
    }

    private void assertNothingIsHeldAt(Position position) {
        assertThat(isHeld(token)).isFalse();
        assertThat(isHeld(other)).isFalse();
        assertThat(table.find(workload)).isNull();
        assertThat(table.applied(tenant)).isEqualTo(position);
        read(position, token);
        assertThat(isHeld(token)).isTrue();
    }

    private boolean isHeld(TokenFacts facts) {
        return table.find(key(facts)) != null;
    }

    private void read(Position at, TokenFacts... found) {
        for (TokenFacts facts : found) {
            table.keep(
                    new Snapshot(Instant.EPOCH, Map.of(key(facts), facts), Map.of(workload, WorkloadState.ACTIVE)),
                    Map.of(facts.token().tenantId(), at));
        }
    }

    private static Position position(long number) {
        return new Position(number, UUID.randomUUID());
    }

    private static Change touchingTokens(Position before, TokenFacts facts) {
        return touchingTokens(before, facts.token().tokenId().value());
    }

    private static Change touchingTokens(Position before, UUID id) {
        return new Change(position(before.number() + 1), before.tag(), false, List.of(id), NONE, NONE);
    }

    private static Change touchingUser(Position before, User user) {
        return new Change(
                position(before.number() + 1),
                before.tag(),
                false,
                NONE,
                List.of(user.id().value()),
                NONE);
    }

    private static TokenKey key(TokenFacts facts) {
        return new TokenKey(facts.token().tenantId(), facts.token().tokenId());
    }

    private static TokenFacts factsOf(User owner) {
        var issued = Tokens.of(owner);
        return new TokenFacts(
                new VerifiedToken(
                        owner.tenantId(),
                        issued.id(),
                        owner.id(),
                        Role.MEMBER,
                        true,
                        Collections.emptySortedSet(),
                        Scopes.NONE,
                        Expiry.NEVER),
                List.of(new LiveSecret(SecretId.ofFirst(issued.id()), Tokens.digest(issued), Expiry.NEVER)),
                TenantState.ACTIVE,
                false,
                UserState.ACTIVE,
                false);
    }
}
