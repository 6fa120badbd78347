package dev.jeton.application.port.outbound.contract;

import static dev.jeton.domain.policy.NameUniqueness.NOT_REQUIRED;
import static dev.jeton.domain.policy.NameUniqueness.PER_TENANT;
import static dev.jeton.domain.policy.NameUniqueness.PER_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link TokenRepository}: unique names and quotas. */
public abstract class TokenNamesContract extends PersistenceContract {

    @ParameterizedTest
    @CsvSource({"PER_USER, PER_USER", "PER_TENANT, PER_TENANT", "PER_USER, PER_TENANT", "PER_TENANT, PER_USER"})
    void rejectsANameThatItsOwnerUses(NameUniqueness first, NameUniqueness second) {
        User owner = storedOwner();
        stored(named(owner, "taken", first));

        assertTaken(named(owner, "taken", second));
    }

    @Test
    void rejectsANameThatTheTenantUses() {
        User owner = storedOwner();
        stored(named(owner, "taken", PER_TENANT));

        assertTaken(named(colleagueOf(owner), "taken", PER_TENANT));
    }

    @Test
    void acceptsANameOfAnotherUserIfUniquePerUser() {
        User owner = storedOwner();
        stored(named(owner, "shared", PER_USER));

        stored(named(colleagueOf(owner), "shared", PER_USER));
    }

    @ParameterizedTest
    @EnumSource(NameUniqueness.class)
    void comparesOnlyWithNamesThatMustBeUnique(NameUniqueness uniqueness) {
        User owner = storedOwner();
        stored(named(owner, "free", NOT_REQUIRED));
        stored(named(owner, "free", NOT_REQUIRED));

        stored(named(owner, "free", uniqueness));
        stored(named(owner, "free", NOT_REQUIRED));
    }

    @ParameterizedTest
    @EnumSource(NameUniqueness.class)
    void aNameIsTakenOnlyInItsTenant(NameUniqueness uniqueness) {
        stored(named(storedOwner(), "shared", uniqueness));
        stored(named(storedOwner(), "shared", uniqueness));
    }

    @Test
    void comparesNamesExactly() {
        User owner = storedOwner();

        for (String name : List.of("strasse", "straße", "Strasse", "STRASSE", "stra sse", "stra-sse", "ｓtrasse")) {
            stored(named(owner, name, PER_TENANT));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NameUniqueness.class,
            names = {"PER_USER", "PER_TENANT"})
    void rejectsRenamingToATakenName(NameUniqueness uniqueness) {
        User owner = storedOwner();
        stored(named(owner, "taken", uniqueness));
        Token other = stored(named(owner, "other", uniqueness));
        Token unwatched = stored(named(owner, "unwatched", NOT_REQUIRED));

        assertRefused(ErrorReason.TOKEN_NAME_TAKEN, () -> update(renamed(other, "taken", uniqueness)));
        assertRefused(ErrorReason.TOKEN_NAME_TAKEN, () -> update(renamed(unwatched, "taken", uniqueness)));

        transact(repositories -> assertThat(repositories.tokens().find(other.tenantId(), other.id()))
                .contains(other));
    }

    @Test
    void aTokenMayKeepItsOwnName() {
        Token token = stored(named(storedOwner(), "mine", PER_TENANT));

        update(Tokens.cancelled(token, "leaked", LATER));
    }

    @Test
    void deletionAndRenamingFreeAName() {
        User owner = storedOwner();
        User leaver = colleagueOf(owner);
        Token deleted = stored(named(owner, "deleted", PER_TENANT));
        Token renamed = stored(named(owner, "renamed", PER_TENANT));
        stored(named(leaver, "left", PER_TENANT));
        transact(repositories -> {
            repositories.tokens().delete(deleted.tenantId(), deleted.id(), LATER);
            repositories.tokens().update(renamed(renamed, "other", PER_TENANT));
            repositories.tokens().deleteByOwner(leaver.tenantId(), leaver.id(), LATER);
        });

        Token successor = stored(named(owner, "deleted", PER_TENANT));
        stored(named(owner, "renamed", PER_TENANT));
        stored(named(owner, "left", PER_TENANT));

        assertThat(read(Set.of(key(deleted), key(successor)), Set.of()).tokens())
                .containsOnlyKeys(key(successor));
    }

    @Test
    void aRejectedTokenTakesNoName() {
        User owner = storedOwner();
        assertRefused(
                ErrorReason.USER_NOT_FOUND, () -> stored(named(Users.member(owner.tenantId()), "wanted", PER_TENANT)));

        stored(named(owner, "wanted", PER_TENANT));
    }

    @Test
    void exactlyOneOfManyConcurrentInsertsOfANameInATenantSucceeds() {
        List<User> owners = new ArrayList<>(List.of(storedOwner()));
        for (int i = 1; i < 5; i++) {
            owners.add(colleagueOf(owners.get(0)));
        }

        assertThat(Outcomes.of(50, number -> stored(named(owners.get(number % 5), "wanted", PER_TENANT))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.TOKEN_NAME_TAKEN.name(), 49L));
    }

    @Test
    void exactlyOneOfManyConcurrentInsertsOfANameOfAUserSucceeds() {
        User owner = storedOwner();

        assertThat(Outcomes.of(50, number -> stored(named(owner, "wanted", PER_USER))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.TOKEN_NAME_TAKEN.name(), 49L));
    }

    @Test
    void rejectsMoreTokensThanTheQuota() {
        User owner = storedOwner();
        User other = colleagueOf(owner);
        Token first = store(Tokens.of(owner), 2);
        Token cancelled = store(Tokens.of(owner), 2);
        update(Tokens.cancelled(cancelled, "still counts", LATER));
        Token third = Tokens.of(owner);

        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> store(third, 2));
        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> store(third, 1));
        store(Tokens.of(other), 1);
        assertThat(read(Set.of(key(third)), Set.of()).tokens()).isEmpty();
        transact(repositories -> repositories.tokens().delete(first.tenantId(), first.id(), LATER));
        store(third, 2);
    }

    @Test
    void aQuotaOfZeroMeansNoLimit() {
        User owner = storedOwner();

        for (int i = 0; i < 3; i++) {
            store(Tokens.of(owner), 0);
        }
        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> store(Tokens.of(owner), 3));
    }

    @Test
    void theQuotaIsExactUnderConcurrentInserts() {
        User owner = storedOwner();
        User other = colleagueOf(owner);

        assertThat(Outcomes.of(50, number -> store(Tokens.of(number % 2 == 0 ? owner : other), 7)))
                .isEqualTo(Map.of(Outcomes.DONE, 14L, ErrorReason.TOKEN_QUOTA_EXCEEDED.name(), 36L));
    }

    private User storedOwner() {
        return stored(Users.member(storedTenant().id()));
    }

    private User colleagueOf(User user) {
        return stored(Users.member(user.tenantId()));
    }

    private Token store(Token token, int maxTokensPerUser) {
        transact(repositories -> repositories.tokens().insert(token, Tokens.digest(token), maxTokensPerUser));
        return token;
    }

    private void update(Token token) {
        transact(repositories -> repositories.tokens().update(token));
    }

    private void assertTaken(Token token) {
        assertRefused(ErrorReason.TOKEN_NAME_TAKEN, () -> stored(token));
        assertThat(read(Set.of(key(token)), Set.of()).tokens()).isEmpty();
    }

    private static Token named(User owner, String name, NameUniqueness uniqueness) {
        return Tokens.issued(owner, Policies.unique(uniqueness), Tokens.draft(name));
    }

    private static Token renamed(Token token, String name, NameUniqueness uniqueness) {
        TokenChange change = new TokenChange(new TokenName(name), null, ExpirationChoice.unspecified(), null);
        return token.update(change, Policies.unique(uniqueness), LATER);
    }
}
