package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenListTest {
    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant(Policies.boundTo(2));
    private final User owner = jeton.member(tenant);

    @Test
    void listsTheTokensOfATenantNewestFirst() {
        IssuedToken first = jeton.token(owner);
        IssuedToken second = jeton.token(jeton.member(tenant));
        jeton.token(jeton.member(jeton.tenant()));

        Page<TokenView> page = list(tenant.id(), TokenFilter.ALL, PageRequest.first(1));

        assertThat(page.items()).containsExactly(second.view());
        assertThat(list(tenant.id(), TokenFilter.ALL, new PageRequest(1, page.next())))
                .isEqualTo(new Page<>(List.of(first.view()), null));
    }

    @Test
    void theTenantDefaultsToTheOwnersOrWorkloadsThenTheCallers() {
        Workload workload = jeton.model(tenant);
        IssuedToken issued = jeton.token(owner, Tokens.draft("bound", workload.id()));

        assertThat(found(null, filter(owner.id(), null)))
                .containsExactly(issued.view().token());
        assertThat(found(null, filter(null, workload.id())))
                .containsExactly(issued.view().token());
        assertThat(found(null, filter(owner.id(), workload.id())))
                .containsExactly(issued.view().token());
        assertThat(found(null, TokenFilter.ALL)).extracting(Token::id).containsExactly(jeton.operator.tokenId());
    }

    @Test
    void statusIsCurrent() {
        User shortLived = jeton.member(
                jeton.tenant(Policies.with(new ExpiryRule(Lifetime.ofDays(1), List.of(), null, false, false))));
        jeton.token(shortLived);
        assertThat(statuses(shortLived, null)).containsExactly(TokenStatus.ACTIVE);
        assertThat(statuses(shortLived, TokenStatus.EXPIRED)).isEmpty();

        jeton.clock.advance(Duration.ofDays(1));

        assertThat(statuses(shortLived, null)).containsExactly(TokenStatus.EXPIRED);
        assertThat(statuses(shortLived, TokenStatus.ACTIVE)).isEmpty();
        assertThat(statuses(shortLived, TokenStatus.EXPIRED)).containsExactly(TokenStatus.EXPIRED);
    }

    @Test
    void unknownIdsAreNotFound() {
        Tenant other = jeton.tenant();
        Workload foreign = jeton.model(other);

        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> found(Tenants.anId(), TokenFilter.ALL));
        assertRefused(ErrorReason.TENANT_NOT_FOUND, () -> found(Tenants.anId(), filter(owner.id(), null)));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> found(null, filter(Users.anId(), null)));
        assertRefused(ErrorReason.USER_NOT_FOUND, () -> found(other.id(), filter(owner.id(), null)));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> found(null, filter(null, Workloads.anId())));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> found(tenant.id(), filter(null, foreign.id())));
        assertRefused(ErrorReason.WORKLOAD_NOT_FOUND, () -> found(null, filter(owner.id(), foreign.id())));
    }

    private List<TokenStatus> statuses(User user, @Nullable TokenStatus status) {
        return list(user.tenantId(), new TokenFilter(null, null, false, status, "", null), PageRequest.first(10))
                .items()
                .stream()
                .map(TokenView::status)
                .toList();
    }

    private List<Token> found(@Nullable TenantId where, TokenFilter filter) {
        return list(where, filter, PageRequest.first(10)).map(TokenView::token).items();
    }

    private Page<TokenView> list(@Nullable TenantId where, TokenFilter filter, PageRequest page) {
        return jeton.tokens.list(jeton.operator, new ListTokens(where, filter, page));
    }

    private static TokenFilter filter(@Nullable UserId ownerId, @Nullable WorkloadId workloadId) {
        return new TokenFilter(ownerId, workloadId, false, null, "", null);
    }
}
