package dev.jeton.application.access;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Members manage only their own tokens; admins manage all tokens of their tenant. */
class OwnTokensTest {
    private final TwoTenants world = new TwoTenants();
    private final InMemoryJeton jeton = world.jeton;
    private final Caller admin = world.caller(Role.TENANT_ADMIN);
    private final Caller member = world.caller(Role.MEMBER);

    @Test
    void membersManageTheWholeLifeOfTheirTokens() {
        IssuedToken issued = jeton.tokens.create(member, new CreateToken(null, null, Tokens.draft("mine"), null));

        assertThat(issued.view().token().ownerId()).isEqualTo(world.member.id());
        assertLives(member, issued.view().token().id());
        IssuedToken named = jeton.tokens.create(
                member, new CreateToken(world.home.id(), world.member.id(), Tokens.draft("mine too"), null));
        assertThat(named.view().token().ownerId()).isEqualTo(world.member.id());
    }

    @Test
    void adminsManageTheTokensOfTheirMembers() {
        IssuedToken issued =
                jeton.tokens.create(admin, new CreateToken(null, world.member.id(), Tokens.draft("for Ada"), null));

        assertThat(issued.view().token().ownerId()).isEqualTo(world.member.id());
        assertLives(admin, issued.view().token().id());
    }

    @Test
    void aMembersListContainsOnlyOwnTokens() {
        for (TokenId id : List.of(world.token, world.colleaguesToken)) {
            jeton.tokens.assign(jeton.operator, new AssignToken(id, Set.of(world.workload.id()), null));
        }
        List<TokenFilter> filters = List.of(
                TokenFilter.ALL,
                filter(world.member.id(), null),
                filter(null, world.workload.id()),
                filter(world.member.id(), world.workload.id()),
                new TokenFilter(null, null, false, TokenStatus.ACTIVE, "QA", null));

        for (TokenFilter filter : filters) {
            assertThat(listed(member, filter))
                    .as("%s", filter)
                    .contains(world.token)
                    .doesNotContain(world.colleaguesToken);
        }
        assertThat(listed(admin, TokenFilter.ALL)).contains(world.token, world.colleaguesToken);
        assertThat(listed(admin, filter(world.colleague.id(), null))).containsExactly(world.colleaguesToken);
    }

    @Test
    void aMembersPagesContainOnlyOwnTokens() {
        TokenId second = jeton.token(world.member).view().token().id();
        jeton.token(world.colleague);
        TokenFilter filter = new TokenFilter(null, null, false, null, "QA", null);

        var page = jeton.tokens.list(member, new ListTokens(null, filter, PageRequest.first(1)));
        var next = jeton.tokens.list(member, new ListTokens(null, filter, new PageRequest(1, page.next())));

        assertThat(ids(page.items())).containsExactly(second);
        assertThat(ids(next.items())).containsExactly(world.token);
        assertThat(next.next()).isNull();
    }

    @Test
    void repeatedDeletionSucceedsForThoseWhoCouldDelete() {
        for (Caller caller : List.of(member, admin, jeton.operator)) {
            assertThatCode(() -> jeton.tokens.delete(caller, world.deletedToken, null))
                    .doesNotThrowAnyException();
        }
        for (Caller caller : List.of(admin, jeton.operator)) {
            assertThatCode(() -> jeton.tokens.delete(caller, world.colleaguesDeletedToken, null))
                    .doesNotThrowAnyException();
        }
        assertRefused(
                ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.delete(member, world.colleaguesDeletedToken, null));
    }

    @Test
    void deletedTokensOfOthersStayHidden() {
        jeton.users.delete(admin, world.colleague.id(), null);

        assertThatCode(() -> jeton.tokens.delete(admin, world.colleaguesToken, null))
                .doesNotThrowAnyException();
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.delete(member, world.colleaguesToken, null));
    }

    private void assertLives(Caller caller, TokenId id) {
        TokenChange change =
                new TokenChange(new TokenName("new"), null, new ExpirationChoice.Never(), Scopes.of(Scope.MANAGE));
        assertThat(jeton.tokens.get(caller, id).token().id()).isEqualTo(id);
        assertThat(listed(caller, TokenFilter.ALL)).contains(id);
        assertThat(jeton.tokens
                        .update(caller, new UpdateToken(id, change, null))
                        .token()
                        .name())
                .isEqualTo(new TokenName("new"));
        assertThat(jeton.tokens
                        .assign(caller, new AssignToken(id, Set.of(world.workload.id()), null))
                        .token()
                        .workloadIds())
                .containsExactly(world.workload.id());
        assertThat(jeton.tokens
                        .cancel(caller, new CancelToken(id, new FreeText("lost"), null))
                        .status())
                .isEqualTo(TokenStatus.CANCELLED);
        assertThat(jeton.tokens.reactivate(caller, id, null).status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(jeton.tokens
                        .renew(caller, new RenewToken(id, new ExpirationChoice.Never(), null))
                        .status())
                .isEqualTo(TokenStatus.ACTIVE);
        jeton.tokens.delete(caller, id, null);
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.get(caller, id));
    }

    private List<TokenId> listed(Caller caller, TokenFilter filter) {
        return ids(jeton.tokens
                .list(caller, new ListTokens(null, filter, PageRequest.first(100)))
                .items());
    }

    private static List<TokenId> ids(List<TokenView> views) {
        return views.stream().map(TokenView::token).map(Token::id).toList();
    }

    private static TokenFilter filter(@Nullable UserId ownerId, @Nullable WorkloadId workloadId) {
        return new TokenFilter(ownerId, workloadId, false, null, "", null);
    }
}
