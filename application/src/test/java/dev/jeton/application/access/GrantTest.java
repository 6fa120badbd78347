package dev.jeton.application.access;

import static dev.jeton.application.fixture.InMemoryJeton.draft;
import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may grant which reserved scopes to their own and to others' tokens. */
@Tag("G8")
class GrantTest {
    private static final Map<Role, Set<Scope>> GRANTS = Map.of(
            Role.MEMBER, Set.of(Scope.MANAGE),
            Role.TENANT_ADMIN, Set.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS),
            Role.OPERATOR, Set.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS));
    private static final Scope INFERENCE = new Scope("inference");
    private static final Scopes ALL_RESERVED = Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS);

    private final TwoTenants world = new TwoTenants();
    private final InMemoryJeton jeton = world.jeton;

    /** The role decides, not the scopes of their own token. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void theRoleDecidesWhatCanBeGranted(Role role) {
        for (Scopes held : List.of(Scopes.of(Scope.MANAGE), ALL_RESERVED)) {
            Caller caller = caller(role, held);
            for (Scope scope : ALL_RESERVED.values()) {
                if (GRANTS.getOrDefault(role, Set.of()).contains(scope)) {
                    TokenId minted = created(caller, Scopes.of(scope)).id();
                    assertThat(jeton.tokens.get(caller, minted).token().scopes())
                            .isEqualTo(Scopes.of(scope));
                    assertThat(rescoped(caller, newToken(), Scopes.of(INFERENCE, scope))
                                    .scopes())
                            .isEqualTo(Scopes.of(INFERENCE, scope));
                } else {
                    assertGrantsNothing(caller, Scopes.of(scope));
                    assertGrantsNothing(caller, Scopes.of(INFERENCE, Scope.MANAGE, scope));
                }
            }
        }
    }

    @Test
    void adminsMayGrantReservedScopesToMembers() {
        Token granted = jeton.tokens
                .create(
                        world.caller(Role.TENANT_ADMIN),
                        new CreateToken(null, world.member.id(), draft("granted", ALL_RESERVED), null))
                .view()
                .token();

        assertThat(granted.scopes()).isEqualTo(ALL_RESERVED);
    }

    @Test
    void aMemberKeepsGrantedScopesUntilRemoved() {
        Caller member = world.caller(Role.MEMBER);
        TokenId id = jeton.token(world.member, draft("granted", ALL_RESERVED))
                .view()
                .token()
                .id();

        assertThat(changed(member, id, new TokenName("renamed"), null).scopes()).isEqualTo(ALL_RESERVED);
        assertThat(changed(member, id, new TokenName("again"), ALL_RESERVED).scopes())
                .isEqualTo(ALL_RESERVED);
        Scopes more = Scopes.of(INFERENCE, Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS);
        assertThat(rescoped(member, id, more).scopes()).isEqualTo(more);
        assertThat(rescoped(member, id, Scopes.of(Scope.VERIFY)).scopes()).isEqualTo(Scopes.of(Scope.VERIFY));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> rescoped(member, id, ALL_RESERVED));
        assertThat(rescoped(member, id, Scopes.NONE).scopes()).isEqualTo(Scopes.NONE);
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> rescoped(member, id, Scopes.of(Scope.VERIFY)));
    }

    @Test
    void grantedScopesSurviveCancellationAndRenewal() {
        Caller member = world.caller(Role.MEMBER);
        TokenId id = jeton.token(world.member, draft("granted", ALL_RESERVED))
                .view()
                .token()
                .id();

        jeton.tokens.cancel(member, new CancelToken(id, new FreeText("lost"), null));
        jeton.tokens.reactivate(member, id, null);
        Token renewed = jeton.tokens
                .renew(member, new RenewToken(id, new ExpirationChoice.Never(), null))
                .token();

        assertThat(renewed.scopes()).isEqualTo(ALL_RESERVED);
    }

    @Test
    void allowedScopesDoNotAffectReservedScopes() {
        jeton.tenants.update(
                jeton.operator,
                new UpdateTenant(
                        world.home.id(),
                        null,
                        PolicyChange.to(Policies.withScopes(Scopes.of(INFERENCE), Scopes.of(INFERENCE))),
                        null));

        assertThat(created(world.caller(Role.TENANT_ADMIN), ALL_RESERVED).scopes())
                .isEqualTo(ALL_RESERVED);
        assertThat(created(world.caller(Role.MEMBER), Scopes.NONE).scopes()).isEqualTo(Scopes.of(INFERENCE));
        assertGrantsNothing(world.caller(Role.MEMBER), Scopes.of(Scope.VERIFY));
    }

    private void assertGrantsNothing(Caller caller, Scopes scopes) {
        TokenId id = newToken();
        List<Object> before = world.snapshot();

        assertRefused(ErrorReason.PERMISSION_DENIED, () -> created(caller, scopes));
        assertRefused(ErrorReason.PERMISSION_DENIED, () -> rescoped(caller, id, scopes));

        assertThat(world.snapshot()).isEqualTo(before);
    }

    private Caller caller(Role role, Scopes scopes) {
        return switch (role) {
            case OPERATOR -> jeton.operator;
            case TENANT_ADMIN -> jeton.caller(world.admin, scopes);
            case MEMBER -> jeton.caller(world.member, scopes);
        };
    }

    /** A token of the member, without scopes. */
    private TokenId newToken() {
        return jeton.token(world.member).view().token().id();
    }

    private Token created(Caller caller, Scopes scopes) {
        return jeton.tokens
                .create(caller, new CreateToken(null, null, draft("minted", scopes), null))
                .view()
                .token();
    }

    private Token rescoped(Caller caller, TokenId id, Scopes scopes) {
        return changed(caller, id, null, scopes);
    }

    private Token changed(Caller caller, TokenId id, @Nullable TokenName name, @Nullable Scopes scopes) {
        TokenChange change = new TokenChange(name, null, ExpirationChoice.unspecified(), scopes);
        return jeton.tokens.update(caller, new UpdateToken(id, change, null)).token();
    }
}
