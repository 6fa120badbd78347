package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenIssuance.FirstRequest;
import dev.jeton.application.port.outbound.TokenIssuance.Issued;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.application.port.outbound.TokenIssuance.Terms;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link TokenIssuance}. */
public abstract class TokenIssuanceContract extends PersistenceContract {
    private static final PageRequest PAGE = PageRequest.first(1_000);

    @Test
    void storesTheTokenAndItsEvent() {
        User owner = storedOwner(Policies.boundTo(3));
        Workload workload = stored(Workloads.model(owner.tenantId()));
        TokenDraft draft = new TokenDraft(
                new TokenName("comma, \"quote\" \\ {brace} NULL 名"),
                new FreeText("line one\nline two"),
                ExpirationChoice.unspecified(),
                Set.of(workload.id()),
                Scopes.of(new Scope("models:read"), new Scope("a,b{c}")));

        Issued<Token> issued = issued(owner, draft).orElseThrow();

        assertThat(found(issued.token())).contains(issued.token());
        assertThat(events(owner.tenantId())).containsExactly(issued.event());
    }

    @Test
    void storesWhatMayBeMissing() {
        User owner = storedOwner(TokenPolicy.DEFAULT);

        Issued<Token> issued = issued(owner, Tokens.draft("bare")).orElseThrow();

        assertThat(found(issued.token())).contains(issued.token());
        assertThat(events(owner.tenantId())).containsExactly(issued.event());
        assertThat(issued.event().actingUserId()).isNull();
    }

    @Test
    void theTermsAreThoseOfTheOwner() {
        TokenPolicy policy = Policies.unique(NameUniqueness.PER_TENANT);
        Tenant tenant = stored(Tenants.withPolicy(policy));
        User admin = stored(Users.admin(tenant.id()));
        AtomicReference<Terms> seen = new AtomicReference<>();

        persistence().tokenIssuance().issue(needs(admin), null, terms -> {
            seen.set(terms);
            return made(admin, Tokens.draft("one"), terms);
        });

        assertThat(seen.get().terms().policy()).isEqualTo(policy);
        assertThat(seen.get().terms().ownerRole()).isEqualTo(admin.role());
    }

    /** Events of a tenant are in the order of time, whatever the clock says. */
    @Test
    void theMomentIsNotBeforeTheLastEvent() {
        User owner = storedOwner(TokenPolicy.DEFAULT);
        AuditEvent last = AuditEvents.at(owner.tenantId(), Instant.parse("2999-01-01T00:00:00Z"));
        transact(repositories -> repositories.audit().append(last));
        AtomicReference<Moment> seen = new AtomicReference<>();

        persistence().tokenIssuance().issue(needs(owner), null, terms -> {
            seen.set(terms.moment());
            return made(owner, Tokens.draft("one"), terms);
        });

        assertThat(seen.get()).isEqualTo(new Moment(last.createTime(), last.id()));
    }

    @Test
    void leavesOutWhatRefersToNothing() {
        User owner = storedOwner(Policies.boundTo(3));
        Workload elsewhere = stored(Workloads.model(storedTenant().id()));

        assertNothingIssued(Users.member(owner.tenantId()), Tokens.draft("no owner"));
        assertNothingIssued(owner, Tokens.draft("no workload", Workloads.anId()));
        assertNothingIssued(owner, Tokens.draft("not its workload", elsewhere.id()));
    }

    @Test
    void leavesOutANameThatIsTaken() {
        User owner = storedOwner(Policies.unique(NameUniqueness.PER_USER));
        issued(owner, Tokens.draft("taken")).orElseThrow();

        assertThat(issued(owner, Tokens.draft("taken"))).isEmpty();
        assertThat(events(owner.tenantId())).hasSize(1);
    }

    @Test
    void aRequestMakesOneToken() {
        User owner = storedOwner(TokenPolicy.DEFAULT);
        FirstRequest request = request(owner);

        Issued<Token> first = issued(owner, Tokens.draft("first"), request).orElseThrow();

        assertThat(issued(owner, Tokens.draft("second"), request)).isEmpty();
        assertThat(issued(owner, Tokens.draft("other"), request(owner))).isPresent();
        assertThat(events(owner.tenantId())).hasSize(2);
        assertThat(earlier(request))
                .map(Entry::resourceId)
                .contains(first.token().id().value());
    }

    @Test
    void aRequestWithoutATokenLeavesNothing() {
        User owner = storedOwner(Policies.unique(NameUniqueness.PER_USER));
        issued(owner, Tokens.draft("taken")).orElseThrow();
        FirstRequest request = request(owner);

        assertThat(issued(owner, Tokens.draft("taken"), request)).isEmpty();

        assertThat(earlier(request)).isEmpty();
        assertThat(issued(owner, Tokens.draft("free"), request)).isPresent();
    }

    /** As a client that retries too early. */
    @Test
    void ofEqualRequestsAtOnceOneMakesAToken() throws Exception {
        User owner = storedOwner(TokenPolicy.DEFAULT);
        FirstRequest request = request(owner);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Optional<Issued<Token>>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(threads.submit(() -> issued(owner, Tokens.draft("once"), request)));
        }
        int made = 0;
        for (var call : calls) {
            made += call.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(made).isEqualTo(1);
        assertThat(events(owner.tenantId())).hasSize(1);
    }

    @Test
    void leavesOutTokensThatAreCounted() {
        assertNothingIssued(storedOwner(Policies.withQuota(10)), Tokens.draft("one of ten"));
    }

    @Test
    void leavesOutATokenThatCannotBeMade() {
        User owner = storedOwner(TokenPolicy.DEFAULT);

        Optional<Token> issued = persistence().tokenIssuance().issue(needs(owner), null, terms -> {
            throw new IllegalStateException("no");
        });

        assertThat(issued).isEmpty();
        assertThat(events(owner.tenantId())).isEmpty();
    }

    /** Half of the requests are bad. Each token is stored once, with one event, and no bad request spoils a good one. */
    @Test
    void requestsOfManyTenantsAtOnceDoNotDisturbEachOther() throws Exception {
        List<User> owners = List.of(
                storedOwner(Policies.unique(NameUniqueness.PER_TENANT)),
                storedOwner(TokenPolicy.DEFAULT),
                storedOwner(Policies.withQuota(5)));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Optional<Issued<Token>>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (User owner : owners) {
                TokenDraft draft = Tokens.draft("name " + i / 2);
                calls.add(threads.submit(() -> issued(owner, draft)));
                calls.add(threads.submit(() -> issued(owner, Tokens.draft("bad", Workloads.anId()))));
            }
        }
        List<Token> stored = new ArrayList<>();
        for (var call : calls) {
            call.get().map(Issued::token).ifPresent(stored::add);
        }
        threads.shutdown();

        assertThat(stored)
                .filteredOn(token -> token.tenantId().equals(owners.get(0).tenantId()))
                .hasSize(20);
        assertThat(stored)
                .filteredOn(token -> token.tenantId().equals(owners.get(1).tenantId()))
                .hasSize(40);
        assertThat(stored).hasSize(60).allSatisfy(token -> assertThat(found(token))
                .contains(token));
        for (User owner : owners) {
            assertThat(events(owner.tenantId()))
                    .extracting(event -> event.resourceId())
                    .containsExactlyInAnyOrderElementsOf(stored.stream()
                            .filter(token -> token.tenantId().equals(owner.tenantId()))
                            .map(token -> token.id().value())
                            .toList());
        }
    }

    private void assertNothingIssued(User owner, TokenDraft draft) {
        assertThat(issued(owner, draft)).isEmpty();
        assertThat(events(owner.tenantId())).isEmpty();
    }

    protected final Optional<Issued<Token>> issued(User owner, TokenDraft draft) {
        return issued(owner, draft, null);
    }

    private Optional<Issued<Token>> issued(User owner, TokenDraft draft, @Nullable FirstRequest request) {
        Needs needs = new Needs(owner.tenantId(), owner.id(), draft.workloadIds());
        return persistence().tokenIssuance().issue(needs, request, terms -> {
            Issued<Token> made = made(owner, draft, terms);
            return new Issued<>(made.token(), made.digest(), made.event(), made);
        });
    }

    private static FirstRequest request(User user) {
        return new FirstRequest(new Key(user.tenantId(), user.id(), "CreateToken", UUID.randomUUID()), "digest");
    }

    private Optional<Entry> earlier(FirstRequest request) {
        Entry unused = new Entry("unused", UUID.randomUUID(), LATER);
        AtomicReference<Optional<Entry>> earlier = new AtomicReference<>(Optional.empty());
        try {
            transact(repositories -> {
                earlier.set(repositories.requests().putIfAbsent(request.key(), unused, Instant.MIN));
                throw new RollBack();
            });
        } catch (RollBack done) {
            // Nothing is left of the entry.
        }
        return earlier.get();
    }

    private static final class RollBack extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    protected final User storedOwner(TokenPolicy policy) {
        return stored(Users.member(stored(Tenants.withPolicy(policy)).id()));
    }

    protected static Needs needs(User owner) {
        return new Needs(owner.tenantId(), owner.id(), Set.of());
    }

    protected static Issued<Token> made(User owner, TokenDraft draft, Terms terms) {
        Token token = Tokens.issued(owner, terms.terms().policy(), draft);
        AuditEvent event = AuditEvents.about(owner.tenantId(), token.id().value());
        return new Issued<>(token, Tokens.digest(token), event, token);
    }

    protected final Optional<Token> found(Token token) {
        return inTransaction(repositories -> repositories.tokens().find(token.tenantId(), token.id()));
    }

    private List<AuditEvent> events(TenantId tenantId) {
        return inTransaction(repositories -> repositories.audit().page(tenantId, AuditFilter.NONE, PAGE))
                .items();
    }
}
