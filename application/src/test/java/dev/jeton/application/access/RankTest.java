package dev.jeton.application.access;

import static dev.jeton.application.fixture.InMemoryJeton.get;
import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody creates, changes or issues tokens for a user with a higher role. Tested in the system tenant, which has all roles. */
class RankTest {
    private static final PersonName NAME = new PersonName("Mallory");
    private static final Scopes MANAGE = Scopes.of(Scope.MANAGE);

    private final TwoTenants world = new TwoTenants(true);
    private final InMemoryJeton jeton = world.jeton;
    private final Caller admin = world.caller(Role.TENANT_ADMIN);
    private final Caller member = world.caller(Role.MEMBER);

    @Test
    void nobodyCreatesAUserAboveTheirOwnRole() {
        assertThat(created(admin, Role.MEMBER).role()).isEqualTo(Role.MEMBER);
        assertThat(created(admin, Role.TENANT_ADMIN).role()).isEqualTo(Role.TENANT_ADMIN);
        assertThat(created(jeton.operator, Role.OPERATOR).role()).isEqualTo(Role.OPERATOR);

        assertChangesNothing(() -> created(admin, Role.OPERATOR));
        for (Role role : Role.values()) {
            assertChangesNothing(() -> created(member, role));
        }
    }

    @Test
    void nobodyPromotesAboveTheirOwnRole() {
        for (UserId user : List.of(admin.userId(), member.userId())) {
            assertThat(withRole(admin, user, Role.TENANT_ADMIN).role()).isEqualTo(Role.TENANT_ADMIN);
            assertChangesNothing(() -> withRole(admin, user, Role.OPERATOR));
        }
        for (Role role : Role.values()) {
            assertChangesNothing(() -> withRole(member, world.colleague.id(), role));
        }
        assertThat(withRole(jeton.operator, world.colleague.id(), Role.OPERATOR).role())
                .isEqualTo(Role.OPERATOR);
    }

    @Test
    void adminsOfOtherTenantsCannotCreateOperators() {
        TwoTenants customer = new TwoTenants();
        Caller grace = customer.caller(Role.TENANT_ADMIN);
        List<Object> before = customer.snapshot();

        for (TenantId named : new TenantId[] {null, customer.home.id()}) {
            assertRefused(
                    ErrorReason.PERMISSION_DENIED,
                    () -> customer.jeton.users.create(
                            grace, new CreateUser(named, anEmail(), NAME, Role.OPERATOR, null)));
        }
        assertRefused(
                ErrorReason.TENANT_NOT_FOUND,
                () -> customer.jeton.users.create(
                        grace, new CreateUser(TenantId.SYSTEM, anEmail(), NAME, Role.TENANT_ADMIN, null)));
        assertRefused(
                ErrorReason.PERMISSION_DENIED,
                () -> customer.jeton.users.update(
                        grace, new UpdateUser(grace.userId(), null, null, Role.OPERATOR, null)));

        assertThat(customer.snapshot()).isEqualTo(before);
    }

    @Test
    void adminsCannotChangeOperators() {
        UserId operator = jeton.operator.userId();
        User asleep = created(jeton.operator, Role.OPERATOR);
        jeton.users.disable(jeton.operator, asleep.id(), null);

        for (UserId id : List.of(operator, asleep.id())) {
            assertChangesNothing(() -> jeton.users.update(admin, new UpdateUser(id, anEmail(), null, null, null)));
            assertChangesNothing(() -> jeton.users.update(admin, new UpdateUser(id, null, NAME, null, null)));
            assertChangesNothing(() -> withRole(admin, id, Role.MEMBER));
            assertChangesNothing(() -> jeton.users.disable(admin, id, null));
            assertChangesNothing(() -> jeton.users.enable(admin, id, null));
            assertChangesNothing(() -> jeton.users.delete(admin, id, null));
        }
        assertThat(jeton.users.get(admin, operator).state()).isEqualTo(UserState.ACTIVE);
    }

    @Test
    void adminsCannotIssueTokensForOperators() {
        UserId operator = jeton.operator.userId();
        for (TenantId named : new TenantId[] {null, TenantId.SYSTEM}) {
            for (Scopes scopes : List.of(Scopes.NONE, MANAGE)) {
                assertChangesNothing(() -> jeton.tokens.create(
                        admin, new CreateToken(named, operator, InMemoryJeton.draft("stolen", scopes), null)));
            }
        }
    }

    static List<Consumer<TokenChangeAttempt>> changes() {
        FreeText text = new FreeText("changed");
        TokenChange scopes = new TokenChange(null, null, ExpirationChoice.unspecified(), MANAGE);
        TokenChange description = new TokenChange(null, text, ExpirationChoice.unspecified(), null);
        return List.of(
                at -> at.jeton.tokens.update(at.caller, new UpdateToken(at.id, scopes, null)),
                at -> at.jeton.tokens.update(at.caller, new UpdateToken(at.id, description, null)),
                at -> at.jeton.tokens.assign(at.caller, new AssignToken(at.id, Set.of(), null)),
                at -> at.jeton.tokens.cancel(at.caller, new CancelToken(at.id, text, null)),
                at -> at.jeton.tokens.reactivate(at.caller, at.id, null),
                at -> at.jeton.tokens.renew(at.caller, new RenewToken(at.id, new ExpirationChoice.Never(), null)),
                at -> at.jeton.tokens.delete(at.caller, at.id, null));
    }

    record TokenChangeAttempt(InMemoryJeton jeton, Caller caller, TokenId id) {}

    @ParameterizedTest
    @MethodSource("changes")
    void adminsCannotChangeOperatorsTokens(Consumer<TokenChangeAttempt> change) {
        TokenId bound = jeton.tokens
                .create(
                        jeton.operator,
                        new CreateToken(null, null, Tokens.draft("operator's", world.workload.id()), null))
                .view()
                .token()
                .id();

        for (TokenId id : List.of(jeton.operator.tokenId(), bound)) {
            assertChangesNothing(() -> change.accept(new TokenChangeAttempt(jeton, admin, id)));
        }
        change.accept(new TokenChangeAttempt(jeton, jeton.operator, bound));
    }

    /**
     * An admin controls its tenant's policy and workloads, also in the system tenant. Neither affects operators' access, and an operator can
     * undo both.
     */
    @Test
    void systemTenantAdminsManagePolicyAndWorkloadsWithoutLockingOperatorsOut() {
        PresentedToken bound = presented(jeton.tokens
                .create(
                        jeton.operator,
                        new CreateToken(
                                null,
                                null,
                                new TokenDraft(
                                        new TokenName("bound"),
                                        new FreeText(""),
                                        ExpirationChoice.unspecified(),
                                        Set.of(world.workload.id()),
                                        MANAGE),
                                null))
                .secret());
        TokenPolicy forbidding = new TokenPolicy(
                new NameRule(1, Set.of(), NameUniqueness.PER_TENANT),
                new ExpiryRule(Lifetime.ofDays(1), List.of(), null, true, true),
                new WorkloadRule(1, true, true),
                Scopes.of(new Scope("inference")),
                Scopes.NONE,
                1);

        jeton.tenants.update(admin, new UpdateTenant(TenantId.SYSTEM, null, PolicyChange.to(forbidding), null));
        jeton.workloads.disable(admin, world.workload.id(), null);
        jeton.workloads.delete(admin, world.workload.id(), null);

        for (PresentedToken credential : List.of(jeton.credential, bound)) {
            Caller operator = get(jeton.verification.authenticate(credential, Operation.UPDATE_TENANT));
            assertThat(operator.role()).isEqualTo(Role.OPERATOR);
            jeton.tenants.update(
                    operator, new UpdateTenant(TenantId.SYSTEM, null, PolicyChange.to(TokenPolicy.DEFAULT), null));
        }
        assertThat(jeton.tokens
                        .create(jeton.operator, new CreateToken(null, null, Tokens.draft("another"), null))
                        .secret())
                .isNotNull();
    }

    @Test
    void aDemotionTakesEffectAtTheNextCall() {
        PresentedToken credential = presented(jeton.token(world.admin, InMemoryJeton.draft("credential", MANAGE))
                .secret());
        Caller before = get(jeton.verification.authenticate(credential, Operation.GET_TOKEN));
        assertThat(jeton.tokens.get(before, world.colleaguesToken).token().id()).isEqualTo(world.colleaguesToken);

        withRole(admin, world.admin.id(), Role.MEMBER);

        assertThat(jeton.verification.authenticate(credential, Operation.LIST_USERS))
                .isCompletedExceptionally();
        Caller after = get(jeton.verification.authenticate(credential, Operation.GET_TOKEN));
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.get(after, world.colleaguesToken));
        assertChangesNothing(() -> jeton.tokens.create(
                after, new CreateToken(null, null, InMemoryJeton.draft("minted", Scopes.of(Scope.VERIFY)), null)));
    }

    private void assertChangesNothing(ThrowingCallable call) {
        List<Object> before = world.snapshot();
        assertRefused(ErrorReason.PERMISSION_DENIED, call);
        assertThat(world.snapshot()).isEqualTo(before);
    }

    private User created(Caller caller, Role role) {
        return jeton.users
                .create(caller, new CreateUser(null, anEmail(), NAME, role, null))
                .resource();
    }

    private User withRole(Caller caller, UserId id, Role role) {
        return jeton.users.update(caller, new UpdateUser(id, null, null, role, null));
    }

    private static Email anEmail() {
        return new Email("mallory+" + Tokens.anId() + "@example.com");
    }
}
