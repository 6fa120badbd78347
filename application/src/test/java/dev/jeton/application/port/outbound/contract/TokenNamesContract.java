package dev.jeton.application.port.outbound.contract;

import static dev.jeton.domain.policy.NameUniqueness.NOT_REQUIRED;
import static dev.jeton.domain.policy.NameUniqueness.PER_TENANT;
import static dev.jeton.domain.policy.NameUniqueness.PER_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenQuota;
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
            repositories.users().delete(leaver.tenantId(), leaver.id());
            repositories.tokens().deleteByOwner(leaver.tenantId(), leaver.id(), 2, LATER);
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
    void countsAnOwnersTokensUpToTheQuota() {
        User owner = ownerWithQuota(2);
        User other = colleagueOf(owner);
        Token first = create(owner);
        update(Tokens.cancelled(create(owner), "still counts", LATER));

        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> create(owner));
        create(other);
        transact(repositories -> repositories.tokens().delete(first.tenantId(), first.id(), LATER));
        create(owner);
        assertRefused(ErrorReason.TOKEN_QUOTA_EXCEEDED, () -> create(owner));
    }

    @Test
    void aQuotaOfZeroMeansNoLimit() {
        User owner = ownerWithQuota(0);

        for (int i = 0; i < 3; i++) {
            create(owner);
        }
    }

    @Test
    void theQuotaIsExactUnderConcurrentInserts() {
        User owner = ownerWithQuota(7);
        User other = colleagueOf(owner);

        assertThat(Outcomes.of(50, number -> create(number % 2 == 0 ? owner : other)))
                .isEqualTo(Map.of(Outcomes.DONE, 14L, ErrorReason.TOKEN_QUOTA_EXCEEDED.name(), 36L));
    }

    private User ownerWithQuota(int maxTokensPerUser) {
        TokenPolicy policy = new TokenPolicy(
                NameRule.DEFAULT, ExpiryRule.DEFAULT, WorkloadRule.DEFAULT, Scopes.NONE, Scopes.NONE, maxTokensPerUser);
        return stored(Users.member(stored(Tenants.withPolicy(policy)).id()));
    }

    private Token create(User owner) {
        Token token = Tokens.of(owner);
        transact(repositories -> {
            TokenOwner held =
                    repositories.users().holdOwner(owner.tenantId(), owner.id()).orElseThrow();
            TokenQuota.require(held.terms().policy(), owner.id(), held.tokens());
            repositories.tokens().insert(token, Tokens.digest(token));
        });
        return token;
    }

    private User storedOwner() {
        return stored(Users.member(storedTenant().id()));
    }

    private User colleagueOf(User user) {
        return stored(Users.member(user.tenantId()));
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
