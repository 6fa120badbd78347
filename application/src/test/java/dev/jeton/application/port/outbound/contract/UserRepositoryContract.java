package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of {@link UserRepository}. */
public abstract class UserRepositoryContract extends PersistenceContract {

    @Test
    void keepsEveryFieldExactly() {
        Tenant tenant = storedTenant();
        User admin = stored(Users.admin(tenant.id()));
        User odd = stored(new User(
                tenant.id(),
                Users.anId(),
                new Email("Ädä+'--@Example.COM"),
                new PersonName(""),
                Role.MEMBER,
                UserState.DISABLED,
                new Revision(LATER, LATER.plusNanos(1_000), 1)));

        User changed = admin.update(new Email("New@Example.com"), new PersonName("Ada 🚀"), Role.MEMBER, LATER)
                .disable(LATER.plusNanos(1_000));
        transact(repositories -> {
            repositories.users().update(admin.update(changed.email(), changed.displayName(), changed.role(), LATER));
            repositories.users().update(changed);
        });

        transact(repositories -> {
            assertThat(repositories.users().find(tenant.id(), odd.id())).contains(odd);
            assertThat(repositories.users().find(tenant.id(), admin.id())).contains(changed);
        });
    }

    @Test
    void returnsTheTermsOfATokensOwner() {
        Tenant tenant = storedTenant();
        Tenant other = storedTenant();
        User admin = stored(Users.admin(tenant.id()));
        User member = stored(Users.member(tenant.id()));

        transact(repositories -> {
            assertThat(repositories.users().holdOwner(tenant.id(), admin.id()))
                    .contains(new TokenOwner(
                            tenant.id(), new TokenTerms(tenant.policy(), Role.TENANT_ADMIN), 0, Set.of()));
            assertThat(repositories.users().holdOwner(tenant.id(), member.id()))
                    .contains(new TokenOwner(tenant.id(), new TokenTerms(tenant.policy(), Role.MEMBER), 0, Set.of()));
            assertThat(repositories.users().holdOwner(other.id(), member.id())).isEmpty();
            assertThat(repositories.users().holdOwner(Tenants.anId(), Users.anId()))
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.com, aDA@eXAMPLE.COM",
        "ÄDA@example.com, äda@example.com",
        "İda@example.com, ida@example.com",
        "ΟΔΟΣ@example.com, οδος@example.com",
        "οδοσ@example.com, οδος@example.com"
    })
    void rejectsAnEmailThatDiffersOnlyInCase(String email, String sameEmail) {
        Tenant tenant = storedTenant();
        User first = stored(Users.withEmail(tenant.id(), email));
        User second = Users.withEmail(tenant.id(), sameEmail);
        User third = stored(Users.member(tenant.id()));

        assertRefused(ErrorReason.EMAIL_TAKEN, () -> stored(second));
        assertRefused(ErrorReason.EMAIL_TAKEN, () -> update(third.update(new Email(sameEmail), null, null, LATER)));

        transact(repositories -> {
            assertThat(repositories.users().find(tenant.id(), first.id())).contains(first);
            assertThat(repositories.users().find(tenant.id(), second.id())).isEmpty();
            assertThat(repositories.users().find(tenant.id(), third.id())).contains(third);
        });
    }

    @Test
    void acceptsEmailsThatOnlyLookAlike() {
        Tenant tenant = storedTenant();

        for (String name : List.of("strasse", "strässe", "stra-sse", "stra.sse", "ｓtrasse")) {
            stored(Users.withEmail(tenant.id(), name + "@example.com"));
        }
    }

    @Test
    void anEmailIsTakenOnlyInItsTenant() {
        stored(Users.withEmail(storedTenant().id(), "ada@example.com"));
        stored(Users.withEmail(storedTenant().id(), "ada@example.com"));
    }

    @Test
    void aUserMayKeepItsOwnEmail() {
        Tenant tenant = storedTenant();
        User user = stored(Users.withEmail(tenant.id(), "ada@example.com"));
        User changed = user.update(new Email("Ada@Example.com"), null, null, LATER);

        update(changed);

        assertStored(changed);
    }

    @Test
    void deletionAndChangeFreeAnEmail() {
        Tenant tenant = storedTenant();
        User deleted = stored(Users.withEmail(tenant.id(), "deleted@example.com"));
        User changed = stored(Users.withEmail(tenant.id(), "changed@example.com"));
        transact(repositories -> {
            repositories.users().delete(tenant.id(), deleted.id());
            repositories.users().update(changed.update(new Email("other@example.com"), null, null, LATER));
        });

        stored(Users.withEmail(tenant.id(), "deleted@example.com"));
        stored(Users.withEmail(tenant.id(), "changed@example.com"));
    }

    @Test
    void exactlyOneOfManyConcurrentInsertsOfOneEmailSucceeds() {
        Tenant tenant = storedTenant();

        assertThat(Outcomes.of(50, number -> stored(Users.withEmail(tenant.id(), "ada@example.com"))))
                .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.EMAIL_TAKEN.name(), 49L));
    }

    @Test
    void rejectsAUserOfADeletedTenant() {
        Tenant tenant = storedTenant();
        transact(repositories -> repositories.tenants().delete(tenant.id()));

        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> stored(Users.member(tenant.id())));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> stored(Users.member(Tenants.anId())));
    }

    @Test
    void doesNotFindAnotherTenantsUser() {
        User user = stored(Users.member(storedTenant().id()));
        TenantId other = storedTenant().id();

        transact(repositories -> {
            assertThat(repositories.users().find(other, user.id())).isEmpty();
            assertThat(repositories.users().lock(other, user.id())).isEmpty();
            assertThat(repositories.users().page(other, PageRequest.first(10)).items())
                    .isEmpty();
            repositories.users().delete(other, user.id());
        });
        User moved = new User(
                other,
                user.id(),
                user.email(),
                user.displayName(),
                user.role(),
                user.state(),
                user.revision().next(LATER));
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(moved));

        assertStored(user);
    }

    @Test
    void aSecondLockWaitsAndSeesTheFirstOnesChanges() {
        User user = stored(Users.member(storedTenant().id()));
        User changed = user.disable(LATER);

        Optional<User> second = waitingFor(
                repositories -> {
                    assertThat(repositories.users().lock(user.tenantId(), user.id()))
                            .contains(user);
                    repositories.users().update(changed);
                },
                repositories -> repositories.users().lock(user.tenantId(), user.id()));

        assertThat(second).contains(changed);
    }

    @Test
    void changesWaitForTheLock() {
        User user = stored(Users.member(storedTenant().id()));

        assertRefused(
                ErrorReason.CONCURRENT_CHANGE,
                () -> waitingFor(
                        repositories -> {
                            repositories.users().lock(user.tenantId(), user.id());
                            repositories.users().update(user.disable(LATER));
                        },
                        repositories -> {
                            repositories.users().update(user.update(null, null, Role.TENANT_ADMIN, LATER));
                            return user;
                        }));
    }

    @Test
    void deletionWaitsForTheLock() {
        User user = stored(Users.member(storedTenant().id()));

        waitingFor(repositories -> repositories.users().lock(user.tenantId(), user.id()), repositories -> {
            repositories.users().delete(user.tenantId(), user.id());
            return user;
        });

        assertGone(user);
    }

    @Test
    void newTokensWaitForTheLockForDelete() {
        User user = stored(Users.member(storedTenant().id()));
        Token token = Tokens.of(user);

        assertRefused(
                ErrorReason.USER_NOT_FOUND,
                () -> waitingFor(
                        repositories -> {
                            repositories.users().lockForDelete(user.tenantId(), user.id());
                            repositories.users().delete(user.tenantId(), user.id());
                        },
                        repositories -> {
                            repositories.tokens().insert(token, Tokens.digest(token));
                            return token;
                        }));
    }

    @Test
    void deletionWaitsUntilTheOwnerIsReleased() {
        User user = stored(Users.member(storedTenant().id()));

        waitingFor(
                repositories -> repositories.users().holdOwner(user.tenantId(), user.id()),
                repositories -> repositories.users().lockForDelete(user.tenantId(), user.id()));
    }

    @Test
    void rejectsAnUpdateOfAnyButThePreviousRevision() {
        User first = stored(Users.member(storedTenant().id()));
        User second = first.disable(LATER);
        User third = second.enable(LATER);

        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(third));
        update(second);
        assertRefused(
                ErrorReason.CONCURRENT_CHANGE, () -> update(first.update(null, new PersonName("Stale"), null, LATER)));
        assertStored(second);

        transact(repositories -> repositories.users().delete(first.tenantId(), first.id()));
        assertRefused(ErrorReason.CONCURRENT_CHANGE, () -> update(third));
    }

    @Test
    void deletesOnlyThatUser() {
        Tenant tenant = storedTenant();
        User deleted = stored(Users.member(tenant.id()));
        User kept = stored(Users.member(tenant.id()));

        transact(repositories -> {
            repositories.users().delete(tenant.id(), deleted.id());
            repositories.users().delete(tenant.id(), deleted.id());
            repositories.users().delete(tenant.id(), Users.anId());
        });

        transact(repositories -> {
            assertThat(repositories.users().find(tenant.id(), deleted.id())).isEmpty();
            assertThat(repositories.users().lock(tenant.id(), deleted.id())).isEmpty();
            assertThat(repositories.users().find(tenant.id(), kept.id())).contains(kept);
        });
    }

    @Test
    void pagesByDescendingId() {
        Tenant tenant = storedTenant();
        User first = stored(Users.member(tenant.id()));
        User second = stored(Users.admin(tenant.id()));
        User third = stored(Users.member(tenant.id()));
        stored(Users.member(storedTenant().id()));

        transact(repositories -> {
            UserRepository users = repositories.users();
            assertThat(users.page(tenant.id(), PageRequest.first(3)))
                    .isEqualTo(new Page<>(List.of(third, second, first), null));
            Page<User> page = users.page(tenant.id(), PageRequest.first(2));
            assertThat(page)
                    .isEqualTo(new Page<>(
                            List.of(third, second), new Cursor(second.id().value())));
            assertThat(users.page(tenant.id(), new PageRequest(2, page.next())))
                    .isEqualTo(new Page<>(List.of(first), null));
        });
    }

    @Test
    void laterPagesDoNotChangeWithInsertsAndDeletions() {
        Tenant tenant = storedTenant();
        User first = stored(Users.member(tenant.id()));
        User second = stored(Users.member(tenant.id()));
        Page<User> page = inTransaction(repositories -> repositories.users().page(tenant.id(), PageRequest.first(1)));

        stored(Users.member(tenant.id()));
        transact(repositories -> repositories.users().delete(tenant.id(), second.id()));

        transact(repositories -> assertThat(repositories.users().page(tenant.id(), new PageRequest(1, page.next())))
                .isEqualTo(new Page<>(List.of(first), null)));
    }

    @Test
    void countsAndFindsActiveOperators() {
        stored(Tenants.system());
        List<User> operators = List.of(Users.operator(), Users.operator(), Users.operator());

        assertThatThrownBy(() -> transact(repositories -> {
                    UserRepository users = repositories.users();
                    retireOperators(users);
                    assertThat(users.countActiveOperators(TenantId.SYSTEM)).isZero();
                    users.insert(operators.get(1));
                    users.insert(operators.get(0));
                    users.insert(operators.get(2).disable(LATER));
                    users.insert(Users.admin(TenantId.SYSTEM));
                    assertThat(users.countActiveOperators(TenantId.SYSTEM)).isEqualTo(2);
                    assertThat(users.firstActiveOperator(TenantId.SYSTEM)).contains(operators.get(0));
                    assertThat(users.countActiveOperators(Tenants.anId())).isZero();
                    assertThat(users.firstActiveOperator(Tenants.anId())).isEmpty();
                    users.update(operators.get(0).update(null, null, Role.MEMBER, LATER));
                    assertThat(users.countActiveOperators(TenantId.SYSTEM)).isEqualTo(1);
                    assertThat(users.firstActiveOperator(TenantId.SYSTEM)).contains(operators.get(1));
                    throw new IllegalStateException("to leave the operators as they were");
                }))
                .hasMessage("to leave the operators as they were");
    }

    private static void retireOperators(UserRepository users) {
        for (Optional<User> operator = users.firstActiveOperator(TenantId.SYSTEM);
                operator.isPresent();
                operator = users.firstActiveOperator(TenantId.SYSTEM)) {
            users.update(operator.get().disable(LATER));
        }
    }

    private void update(User user) {
        transact(repositories -> repositories.users().update(user));
    }

    private void assertStored(User user) {
        transact(repositories -> assertThat(repositories.users().find(user.tenantId(), user.id()))
                .contains(user));
    }

    private void assertGone(User user) {
        transact(repositories -> assertThat(repositories.users().find(user.tenantId(), user.id()))
                .isEmpty());
    }
}
