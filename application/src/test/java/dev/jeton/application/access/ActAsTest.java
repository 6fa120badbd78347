package dev.jeton.application.access;

import static dev.jeton.application.fixture.InMemoryJeton.get;
import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import org.junit.jupiter.api.Test;

/** A console's back end acts as its logged-in user. */
class ActAsTest {
    private static final Scopes CONSOLE = Scopes.of(Scope.MANAGE, Scope.ACT_AS);

    private final TwoTenants world = new TwoTenants();
    private final InMemoryJeton jeton = world.jeton;
    private final Caller console = jeton.caller(world.admin, CONSOLE);

    @Test
    void theActingUsersPermissionsApplyAndTheActorIsKept() {
        Caller acting = actAs(console, world.member.id());

        assertThat(acting.userId()).isEqualTo(world.member.id());
        assertThat(acting.tenantId()).isEqualTo(world.home.id());
        assertThat(acting.role()).isEqualTo(Role.MEMBER);
        assertThat(acting.actorId()).isEqualTo(world.admin.id());
        assertThat(acting.tokenId()).isEqualTo(console.tokenId());
        assertThat(acting.callId()).isEqualTo(console.callId());
    }

    @Test
    void seesOnlyTheActingUsersTokens() {
        Caller acting = actAs(console, world.member.id());

        assertThat(jeton.tokens.get(acting, world.token).token().ownerId()).isEqualTo(world.member.id());
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.get(acting, world.colleaguesToken));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> jeton.users.get(acting, world.member.id()));
    }

    @Test
    void rejectsOperationsThatTheActingUserMayNotPerform() {
        assertRefused(
                ErrorReason.PERMISSION_DENIED,
                () -> jeton.verification.actAs(console, world.member.id(), Operation.CREATE_USER));
        assertRefused(
                ErrorReason.PERMISSION_DENIED,
                () -> jeton.verification.actAs(console, world.member.id(), Operation.LIST_AUDIT_EVENTS));
    }

    @Test
    void bothScopesAreNeeded() {
        for (Scopes scopes : new Scopes[] {
            Scopes.of(Scope.MANAGE), Scopes.of(Scope.ACT_AS, Scope.VERIFY), Scopes.of(Scope.MANAGE, Scope.VERIFY)
        }) {
            Caller caller = jeton.caller(world.admin, scopes);
            assertRefused(ErrorReason.PERMISSION_DENIED, () -> actAs(caller, world.member.id()));
            assertRefused(ErrorReason.PERMISSION_DENIED, () -> actAs(caller, Users.anId()));
        }
    }

    @Test
    void usersOfOtherTenantsDoNotExist() {
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> actAs(console, world.stranger.id()));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> actAs(console, Users.anId()));
    }

    @Test
    void anOperatorMayActAsAnyone() {
        Caller acting = actAs(jeton.operator, world.stranger.id());

        assertThat(acting.tenantId()).isEqualTo(world.foreign.id());
        assertThat(acting.role()).isEqualTo(Role.MEMBER);
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> actAs(jeton.operator, Users.anId()));
    }

    @Test
    void aDisabledUserCannotBeActedAs() {
        jeton.users.disable(jeton.operator, world.member.id(), null);

        assertRefused(ErrorReason.ACTED_USER_DISABLED, () -> actAs(console, world.member.id()));
    }

    @Test
    void aUserOfASuspendedTenantCannotBeActedAs() {
        jeton.tenants.suspend(jeton.operator, world.foreign.id(), null);

        assertRefused(ErrorReason.ACTED_USER_DISABLED, () -> actAs(jeton.operator, world.stranger.id()));
    }

    @Test
    void aMemberActsAsNobody() {
        Caller member = jeton.caller(world.member, CONSOLE);

        for (UserId userId : new UserId[] {world.colleague.id(), world.admin.id(), world.member.id(), Users.anId()}) {
            assertRefused(ErrorReason.PERMISSION_DENIED, () -> actAs(member, userId));
        }
    }

    @Test
    void aDemotedAdminsTokenActsAsNobodyUntilItsOwnerIsPromotedAgain() {
        PresentedToken credential = presented(jeton.token(world.admin, InMemoryJeton.draft("console", CONSOLE))
                .secret());
        actAs(authenticated(credential), world.member.id());

        jeton.users.update(jeton.operator, new UpdateUser(world.admin.id(), null, null, Role.MEMBER, null));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> actAs(authenticated(credential), world.member.id()));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> actAs(authenticated(credential), Users.anId()));

        jeton.users.update(jeton.operator, new UpdateUser(world.admin.id(), null, null, Role.TENANT_ADMIN, null));
        assertThat(actAs(authenticated(credential), world.member.id()).userId()).isEqualTo(world.member.id());
    }

    @Test
    void anAdminActingAsAnOperatorIsNotAnOperator() {
        TwoTenants system = new TwoTenants(true);
        UserId operator = system.jeton.operator.userId();
        Caller acting = system.jeton.verification.actAs(
                system.jeton.caller(system.admin, CONSOLE), operator, Operation.GET_PROFILE);

        assertThat(acting.role()).isEqualTo(Role.TENANT_ADMIN);
        assertRefused(
                ErrorReason.PERMISSION_DENIED,
                () -> system.jeton.tokens.create(acting, new CreateToken(null, null, Tokens.draft("stolen"), null)));
    }

    @Test
    void auditEventsNameActorAndActingUser() {
        User member = world.member;
        Caller acting = actAs(console, member.id());

        TokenId made = jeton.tokens
                .create(acting, new CreateToken(null, null, Tokens.draft("made for Ada"), null))
                .view()
                .token()
                .id();

        assertThat(jeton.tokens.get(acting, made).token().ownerId()).isEqualTo(member.id());
        assertThat(jeton.events(world.home.id()).get(0)).satisfies(event -> {
            assertThat(event.actorUserId()).isEqualTo(world.admin.id());
            assertThat(event.actorTokenId()).isEqualTo(console.tokenId());
            assertThat(event.actingUserId()).isEqualTo(member.id());
        });
    }

    private Caller authenticated(PresentedToken credential) {
        return get(jeton.verification.authenticate(credential, Operation.GET_PROFILE));
    }

    private Caller actAs(Caller caller, UserId userId) {
        return jeton.verification.actAs(caller, userId, Operation.GET_PROFILE);
    }
}
