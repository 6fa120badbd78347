package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link TokenRepository#page}. */
public abstract class TokenPageContract extends PersistenceContract {
    private static final Instant NOW = LATER;
    private static final PageRequest ALL = PageRequest.first(PageRequest.MAX_SIZE);

    private User owner;
    private User colleague;
    private Workload model;
    private Workload endpoint;

    @BeforeEach
    void storeATenant() {
        owner = stored(Users.member(storedTenant().id()));
        colleague = stored(Users.member(owner.tenantId()));
        model = stored(Workloads.model(owner.tenantId()));
        endpoint = stored(Workloads.endpoint(owner.tenantId()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 1000})
    void returnsAListInPages(int size) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tokens.add(stored(Tokens.of(i % 2 == 0 ? owner : colleague)));
        }
        stored(Tokens.of(stored(Users.member(storedTenant().id()))));
        Collections.reverse(tokens);

        List<Token> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(size);
        while (true) {
            Page<Token> page = page(TokenFilter.ALL, request);
            assertThat(page.items()).hasSize(Math.min(size, tokens.size() - seen.size()));
            seen.addAll(page.items());
            if (page.next() == null) {
                break;
            }
            request = new PageRequest(size, page.next());
        }

        assertThat(seen).isEqualTo(tokens);
    }

    @Test
    void laterPagesDoNotChangeWithInsertsAndDeletions() {
        Token first = stored(Tokens.of(owner));
        Token second = stored(Tokens.of(owner));
        Token third = stored(Tokens.of(owner));
        Page<Token> page = page(TokenFilter.ALL, PageRequest.first(1));
        assertThat(page.items()).containsExactly(third);

        stored(Tokens.of(owner));
        transact(repositories -> repositories.tokens().delete(third.tenantId(), third.id(), NOW));

        assertThat(page(TokenFilter.ALL, new PageRequest(5, page.next())))
                .isEqualTo(new Page<>(List.of(second, first), null));
    }

    @Test
    void pagesThroughFilteredTokens() {
        Token first = stored(Tokens.of(owner));
        stored(Tokens.of(colleague));
        Token third = stored(Tokens.of(owner));
        stored(Tokens.of(colleague));
        TokenFilter filter = new TokenFilter(owner.id(), null, false, null, "", null);

        Page<Token> page = page(filter, PageRequest.first(1));
        assertThat(page.items()).containsExactly(third);
        assertThat(page(filter, new PageRequest(1, page.next()))).isEqualTo(new Page<>(List.of(first), null));
    }

    @Test
    void filtersByOwner() {
        Token mine = stored(Tokens.of(owner));
        Token theirs = stored(Tokens.of(colleague));

        assertThat(found(new TokenFilter(owner.id(), null, false, null, "", null)))
                .containsExactly(mine);
        assertThat(found(new TokenFilter(colleague.id(), null, false, null, "", null)))
                .containsExactly(theirs);
        assertThat(found(new TokenFilter(Users.anId(), null, false, null, "", null)))
                .isEmpty();
    }

    @Test
    void filtersByWorkload() {
        stored(Tokens.of(owner));
        stored(bound("none"));
        Token both = stored(bound("both", model, endpoint));
        Token one = stored(bound("one", endpoint));

        assertThat(found(new TokenFilter(null, model.id(), false, null, "", null)))
                .containsExactly(both);
        assertThat(found(new TokenFilter(null, endpoint.id(), false, null, "", null)))
                .containsExactly(one, both);
        assertThat(found(new TokenFilter(null, Workloads.anId(), false, null, "", null)))
                .isEmpty();
    }

    @Test
    void unassignedTokensAreBoundOnesWithoutWorkloads() {
        stored(Tokens.of(owner));
        Token none = stored(bound("none"));
        stored(bound("one", model));

        assertThat(found(new TokenFilter(null, null, true, null, "", null))).containsExactly(none);
        assertThat(found(new TokenFilter(null, model.id(), true, null, "", null)))
                .isEmpty();
    }

    @Test
    void filtersByTheCurrentStatus() {
        Token never = stored(Tokens.of(owner));
        Token cancelled = stored(Tokens.of(owner));
        Token expired = stored(expiring("expired", NOW));
        Token both = stored(expiring("cancelled and expired", NOW.minusNanos(1_000)));
        Token soon = stored(expiring("soon", NOW.plusNanos(1_000)));
        Token cancelledNow = cancel(cancelled);
        Token bothNow = cancel(both);

        assertThat(found(withStatus(null))).containsExactly(soon, bothNow, expired, cancelledNow, never);
        assertThat(found(withStatus(TokenStatus.ACTIVE))).containsExactly(soon, never);
        assertThat(found(withStatus(TokenStatus.CANCELLED))).containsExactly(bothNow, cancelledNow);
        assertThat(found(withStatus(TokenStatus.EXPIRED))).containsExactly(expired);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "Prod", "%", "_", "\\", "o_", "d%", "'", "🚀", "ß", "[a-z]", ".*", " "})
    void filtersByNameSubstring(String part) {
        List<Token> tokens = new ArrayList<>();
        for (String name : List.of("prod", "PROD", "a Prod 🚀", "pro_d%", "\\ ' [a-z]", "straße", "strasse", ".*")) {
            tokens.add(0, stored(Tokens.issued(owner, TokenPolicy.DEFAULT, Tokens.draft(name))));
        }

        assertThat(found(new TokenFilter(null, null, false, null, part, null)))
                .isEqualTo(tokens.stream()
                        .filter(token -> token.name().value().contains(part))
                        .toList())
                .isNotEmpty();
    }

    @Test
    void filtersByExpiryStrictlyBefore() {
        stored(Tokens.of(owner));
        stored(expiring("at", NOW));
        Token before = stored(expiring("before", NOW.minusNanos(1_000)));

        assertThat(found(new TokenFilter(null, null, false, null, "", NOW))).containsExactly(before);
    }

    @Test
    void everyCombinationOfFiltersMustMatchInFull() {
        List<Token> tokens = storeManyKinds();

        transact(repositories -> {
            for (TokenFilter filter : everyCombination()) {
                assertThat(repositories
                                .tokens()
                                .page(owner.tenantId(), filter, NOW, ALL)
                                .items())
                        .as("%s", filter)
                        .isEqualTo(tokens.stream()
                                .filter(token -> matches(token, filter))
                                .toList());
            }
        });
    }

    @Test
    void doesNotListAnotherTenantsTokens() {
        stored(Tokens.of(owner));
        stored(bound("bound", model));
        User stranger = stored(Users.member(storedTenant().id()));

        transact(repositories -> {
            for (TokenFilter filter : everyCombination()) {
                assertThat(repositories
                                .tokens()
                                .page(stranger.tenantId(), filter, NOW, ALL)
                                .items())
                        .isEmpty();
            }
        });
    }

    private List<Token> storeManyKinds() {
        List<Token> tokens = new ArrayList<>();
        for (User user : List.of(owner, colleague)) {
            for (Set<Workload> workloads : List.of(Set.<Workload>of(), Set.of(model), Set.of(model, endpoint))) {
                for (String name : List.of("prod", "test")) {
                    for (int days = -1; days <= 1; days++) {
                        TokenPolicy policy = Policies.boundTo(days < 0 && workloads.isEmpty() ? 0 : 2);
                        Token token = stored(issued(user, policy, name, workloads, NOW.plus(Duration.ofDays(days))));
                        tokens.add(0, days > 0 && workloads.size() == 1 ? cancel(token) : token);
                    }
                }
            }
            tokens.add(0, stored(Tokens.of(user)));
        }
        return tokens;
    }

    private List<TokenFilter> everyCombination() {
        List<TokenFilter> filters = new ArrayList<>();
        for (User user : Arrays.asList(null, owner)) {
            for (Workload workload : Arrays.asList(null, model, endpoint)) {
                for (boolean unassigned : new boolean[] {false, true}) {
                    for (TokenStatus status :
                            Arrays.asList(null, TokenStatus.ACTIVE, TokenStatus.CANCELLED, TokenStatus.EXPIRED)) {
                        for (String name : List.of("", "ro")) {
                            for (Instant before : Arrays.asList(null, NOW, NOW.plusSeconds(1))) {
                                filters.add(new TokenFilter(
                                        user == null ? null : user.id(),
                                        workload == null ? null : workload.id(),
                                        unassigned,
                                        status,
                                        name,
                                        before));
                            }
                        }
                    }
                }
            }
        }
        return filters;
    }

    private static boolean matches(Token token, TokenFilter filter) {
        Instant expiry = token.expiry().instant();
        return (filter.ownerId() == null || filter.ownerId().equals(token.ownerId()))
                && (filter.workloadId() == null || token.workloadIds().contains(filter.workloadId()))
                && (!filter.unassigned()
                        || !token.tenantWide() && token.workloadIds().isEmpty())
                && (filter.status() == null || filter.status() == token.statusAt(NOW))
                && token.name().value().contains(filter.nameContains())
                && (filter.expireBefore() == null || expiry != null && expiry.isBefore(filter.expireBefore()));
    }

    private Page<Token> page(TokenFilter filter, PageRequest request) {
        return inTransaction(repositories -> repositories.tokens().page(owner.tenantId(), filter, NOW, request));
    }

    private List<Token> found(TokenFilter filter) {
        return page(filter, ALL).items();
    }

    private Token cancel(Token token) {
        Token cancelled = Tokens.cancelled(token, "leaked", NOW);
        transact(repositories -> repositories.tokens().update(cancelled));
        return cancelled;
    }

    private Token bound(String name, Workload... workloads) {
        return issued(owner, Policies.boundTo(2), name, Set.of(workloads), NOW.plusSeconds(60));
    }

    private Token expiring(String name, Instant expiry) {
        return issued(owner, TokenPolicy.DEFAULT, name, Set.of(), expiry);
    }

    private static TokenFilter withStatus(@Nullable TokenStatus status) {
        return new TokenFilter(null, null, false, status, "", null);
    }

    private static Token issued(User user, TokenPolicy policy, String name, Set<Workload> workloads, Instant expiry) {
        return Tokens.issued(
                user,
                policy,
                new TokenDraft(
                        new TokenName(name),
                        new FreeText(""),
                        new ExpirationChoice.At(expiry),
                        workloads.stream().map(Workload::id).collect(Collectors.toSet()),
                        Scopes.NONE));
    }
}
