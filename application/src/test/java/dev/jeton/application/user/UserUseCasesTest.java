package dev.jeton.application.user;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserUseCasesTest {
    private static final Email EMAIL = new Email("Ada@Example.com");
    private static final PersonName NAME = new PersonName("Ada Lovelace");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant();

    @Test
    void createsAnActiveUser() {
        User user = jeton.users
                .create(jeton.operator, new CreateUser(tenant.id(), EMAIL, NAME, Role.TENANT_ADMIN, null))
                .resource();

        Instant now = Instant.parse("2026-03-05T10:15:30.123456Z");
        assertThat(user)
                .isEqualTo(new User(
                        tenant.id(),
                        user.id(),
                        EMAIL,
                        NAME,
                        Role.TENANT_ADMIN,
                        UserState.ACTIVE,
                        new Revision(now, now, 1)));
        assertThat(jeton.users.get(jeton.operator, user.id())).isEqualTo(user);
    }

    @Test
    void theTenantDefaultsToTheCallers() {
        User user = jeton.users
                .create(jeton.operator, new CreateUser(null, EMAIL, NAME, Role.OPERATOR, null))
                .resource();

        assertThat(user.tenantId()).isEqualTo(TenantId.SYSTEM);
        assertThat(jeton.users.list(jeton.operator, null, PageRequest.first(1)).items())
                .containsExactly(user);
    }

    @Test
    void rejectsATakenEmail() {
        User first = jeton.user(tenant, Role.MEMBER, "ada@example.com");
        User second = jeton.user(tenant, Role.MEMBER, "grace@example.com");

        assertRefused(ErrorReason.EMAIL_TAKEN, () -> jeton.user(tenant, Role.MEMBER, "ADA@example.com"));
        assertRefused(ErrorReason.EMAIL_TAKEN, () -> update(second, EMAIL, null, null));
        jeton.user(jeton.tenant(), Role.MEMBER, "ada@example.com");
        jeton.users.delete(jeton.operator, first.id(), null);
        assertThat(update(second, EMAIL, null, null).email()).isEqualTo(EMAIL);
    }

    @Test
    void onlyTheSystemTenantHasOperators() {
        User member = jeton.member(tenant);

        assertRefused(ErrorReason.ROLE_NOT_ALLOWED, () -> jeton.user(tenant, Role.OPERATOR, "olga@example.com"));
        assertRefused(ErrorReason.ROLE_NOT_ALLOWED, () -> update(member, null, null, Role.OPERATOR));
    }

    @Test
    void listsTheUsersOfATenantNewestFirst() {
        User first = jeton.member(tenant);
        User second = jeton.member(tenant);
        jeton.member(jeton.tenant());

        Page<User> page = jeton.users.list(jeton.operator, tenant.id(), PageRequest.first(1));
        assertThat(page.items()).containsExactly(second);
        assertThat(jeton.users.list(jeton.operator, tenant.id(), new PageRequest(1, page.next())))
                .isEqualTo(new Page<>(List.of(first), null));
    }

    @Test
    void updatesSetFieldsAndKeepsTheRest() {
        User user = jeton.member(tenant);

        User changed = update(user, null, new PersonName(""), null);
        User promoted = update(user, null, null, Role.TENANT_ADMIN);

        assertThat(changed).isEqualTo(user.update(null, new PersonName(""), null, jeton.clock.instant()));
        assertThat(promoted).isEqualTo(changed.update(null, null, Role.TENANT_ADMIN, jeton.clock.instant()));
        assertThat(jeton.users.get(jeton.operator, user.id())).isEqualTo(promoted);
    }

    @Test
    void aStaleEtagFailsUnlessNothingWouldChange() {
        User user = jeton.member(tenant);
        Etag stale = user.revision().etag();
        User disabled = jeton.users.disable(jeton.operator, user.id(), stale);

        assertThat(jeton.users.disable(jeton.operator, user.id(), stale)).isEqualTo(disabled);
        assertThat(jeton.users.update(jeton.operator, new UpdateUser(user.id(), user.email(), null, null, stale)))
                .isEqualTo(disabled);
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.users.enable(jeton.operator, user.id(), stale));
        assertRefused(
                ErrorReason.ETAG_MISMATCH,
                () -> jeton.users.update(jeton.operator, new UpdateUser(user.id(), EMAIL, null, null, stale)));
        assertRefused(ErrorReason.ETAG_MISMATCH, () -> jeton.users.delete(jeton.operator, user.id(), stale));

        jeton.users.delete(jeton.operator, user.id(), disabled.revision().etag());
        assertUnknown(user.id());
    }

    @Test
    void allTokensOfADisabledUserAreDenied() {
        User user = jeton.member(tenant);
        IssuedToken token = jeton.token(user);
        IssuedToken colleagues = jeton.token(jeton.member(tenant));

        User disabled = jeton.users.disable(jeton.operator, user.id(), null);
        assertThat(disabled.state()).isEqualTo(UserState.DISABLED);
        assertThat(jeton.verify(token.secret()))
                .isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.USER_DISABLED));
        assertThat(jeton.verify(colleagues.secret())).isInstanceOf(Verification.Allowed.class);

        User enabled = jeton.users.enable(jeton.operator, user.id(), null);
        assertThat(enabled.state()).isEqualTo(UserState.ACTIVE);
        assertThat(jeton.users.enable(jeton.operator, user.id(), null)).isEqualTo(enabled);
        assertThat(jeton.verify(token.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void deletesTheUserAndAllItsTokens() {
        User user = jeton.member(tenant);
        IssuedToken first = jeton.token(user);
        IssuedToken second = jeton.token(user);
        IssuedToken colleagues = jeton.token(jeton.member(tenant));

        jeton.users.delete(jeton.operator, user.id(), null);

        assertUnknown(user.id());
        for (IssuedToken token : List.of(first, second)) {
            assertThat(jeton.verify(token.secret())).isEqualTo(Verification.Unknown.NOT_FOUND);
            jeton.tokens.delete(jeton.operator, token.view().token().id(), null);
        }
        assertThat(jeton.verify(colleagues.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void theLastActiveOperatorIsProtected() {
        UserId last = jeton.operator.userId();
        User disabled = jeton.users
                .create(jeton.operator, new CreateUser(null, EMAIL, NAME, Role.OPERATOR, null))
                .resource();
        jeton.users.disable(jeton.operator, disabled.id(), null);

        assertRefused(ErrorReason.LAST_OPERATOR_PROTECTED, () -> jeton.users.disable(jeton.operator, last, null));
        assertRefused(ErrorReason.LAST_OPERATOR_PROTECTED, () -> jeton.users.delete(jeton.operator, last, null));
        for (Role role : List.of(Role.MEMBER, Role.TENANT_ADMIN)) {
            assertRefused(
                    ErrorReason.LAST_OPERATOR_PROTECTED,
                    () -> jeton.users.update(jeton.operator, new UpdateUser(last, null, null, role, null)));
        }
        assertThat(jeton.users
                        .update(jeton.operator, new UpdateUser(last, null, new PersonName("Olga"), Role.OPERATOR, null))
                        .displayName())
                .isEqualTo(new PersonName("Olga"));
    }

    @Test
    void anOperatorIsNotProtectedWhileThereIsAnother() {
        User second = jeton.users
                .create(jeton.operator, new CreateUser(null, EMAIL, NAME, Role.OPERATOR, null))
                .resource();

        jeton.users.disable(jeton.operator, jeton.operator.userId(), null);
        assertRefused(ErrorReason.LAST_OPERATOR_PROTECTED, () -> jeton.users.delete(jeton.operator, second.id(), null));
        jeton.users.enable(jeton.operator, jeton.operator.userId(), null);
        jeton.users.delete(jeton.operator, second.id(), null);
        assertRefused(
                ErrorReason.LAST_OPERATOR_PROTECTED,
                () -> jeton.users.disable(jeton.operator, jeton.operator.userId(), null));
    }

    @Test
    void aDisabledOperatorCanBeDeleted() {
        User second = jeton.users
                .create(jeton.operator, new CreateUser(null, EMAIL, NAME, Role.OPERATOR, null))
                .resource();
        jeton.users.disable(jeton.operator, second.id(), null);

        jeton.users.delete(jeton.operator, second.id(), null);

        assertUnknown(second.id());
    }

    @Test
    void operatorsWhoRemoveEachOtherConcurrentlyLeaveOne() {
        for (int round = 0; round < 20; round++) {
            User other = jeton.users
                    .create(
                            jeton.operator,
                            new CreateUser(null, new Email(round + "@example.com"), NAME, Role.OPERATOR, null))
                    .resource();
            List<UserId> both = List.of(other.id(), jeton.operator.userId());

            assertThat(Outcomes.of(2, number -> jeton.users.disable(jeton.operator, both.get(number), null)))
                    .isEqualTo(Map.of(Outcomes.DONE, 1L, ErrorReason.LAST_OPERATOR_PROTECTED.name(), 1L));

            jeton.users.enable(jeton.operator, jeton.operator.userId(), null);
            jeton.users.delete(jeton.operator, other.id(), null);
        }
    }

    @Test
    void everyRoleMayReadItsProfile() {
        User user = jeton.member(tenant);
        Caller caller = new Caller(
                tenant.id(),
                user.id(),
                Role.MEMBER,
                Scopes.of(Scope.MANAGE, new Scope("inference"), Scope.VERIFY),
                Tokens.anId(),
                user.id(),
                jeton.operator.callId());

        assertThat(jeton.users.profile(caller))
                .isEqualTo(new Profile(user, tenant, Scopes.of(Scope.MANAGE, Scope.VERIFY)));
    }

    @Test
    void unknownIdsAreNotFound() {
        assertUnknown(Users.anId());
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> jeton.users.create(
                        jeton.operator, new CreateUser(Tenants.anId(), EMAIL, NAME, Role.MEMBER, null)));
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> jeton.users.list(jeton.operator, Tenants.anId(), PageRequest.first(1)));
    }

    private User update(User user, @Nullable Email email, @Nullable PersonName name, @Nullable Role role) {
        return jeton.users.update(jeton.operator, new UpdateUser(user.id(), email, name, role, null));
    }

    private void assertUnknown(UserId id) {
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> jeton.users.get(jeton.operator, id));
        assertRefused(
                ErrorReason.USER_NOT_FOUND,
                () -> jeton.users.update(jeton.operator, new UpdateUser(id, EMAIL, null, null, null)));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> jeton.users.disable(jeton.operator, id, null));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> jeton.users.enable(jeton.operator, id, null));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> jeton.users.delete(jeton.operator, id, null));
    }
}
