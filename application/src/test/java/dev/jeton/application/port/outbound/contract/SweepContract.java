package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.call.Calls;
import dev.jeton.application.call.Changes;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.upkeep.Sweeping;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.SweepRepository;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.sweep.SweepingUseCases;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SweepRepository} and what it is for: a large resource is refused once its deletion is done, is removed by sweeping,
 * and leaves an event for each thing removed.
 */
public abstract class SweepContract extends PersistenceContract {
    /** More than one deletion removes at once, and more than one slice. */
    private static final int MANY = 650;

    private static final int FEW = 5;

    private Calls calls;
    private Sweeping sweeping;
    private Tenant tenant;
    private User owner;
    private Workload workload;

    @BeforeEach
    final void setUp() {
        calls = new Calls(persistence().transactor(), new SecureRandom(), Duration.ofHours(24));
        sweeping = new SweepingUseCases(calls);
        tenant = storedTenant();
        owner = stored(Users.withEmail(tenant.id(), "ada@example.com"));
        workload = stored(Workloads.named(tenant.id(), "llama", WorkloadKind.MODEL));
    }

    @Test
    void aUserWithManyTokensIsGoneAtOnceAndSweptLater() {
        List<Token> tokens = storedTokens(MANY);
        Token others = stored(Tokens.of(stored(Users.member(tenant.id()))));

        change("DeleteUser", changes -> changes.delete(owner));

        assertTokensGone(tokens);
        assertThat(listed()).containsExactly(others);
        assertThat(deletions()).hasSizeLessThan(MANY);
        stored(Users.withEmail(tenant.id(), "ada@example.com"));
        sweep();
        assertTokensGone(tokens);
        assertThat(listed()).containsExactly(others);
        assertOneEventEach(tokens, owner.id().value());
    }

    @Test
    void aTenantWithManyTokensIsGoneAtOnceAndSweptLater() {
        List<Token> tokens = storedTokens(MANY);
        User colleague = stored(Users.member(tenant.id()));

        change("DeleteTenant", changes -> changes.delete(tenant));

        transact(repositories -> {
            assertThat(repositories.users().find(EVERY_TENANT, owner.id())).isEmpty();
            assertThat(repositories.workloads().find(EVERY_TENANT, workload.id()))
                    .isEmpty();
            assertThat(repositories.tokens().find(EVERY_TENANT, tokens.get(0).id()))
                    .isEmpty();
            assertThat(repositories.users().find(tenant.id(), owner.id())).isEmpty();
            assertThat(repositories.workloads().find(tenant.id(), workload.id()))
                    .isEmpty();
            assertThat(repositories.tokens().find(tenant.id(), tokens.get(0).id()))
                    .isEmpty();
        });
        assertThat(read(keys(tokens), Set.of()).tokens()).isEmpty();
        assertThat(deletions()).hasSizeLessThan(MANY);
        sweep();
        assertOneEventEach(
                tokens,
                tenant.id().value(),
                owner.id().value(),
                colleague.id().value(),
                workload.id().value());
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            assertThat(repositories.tenants().isEmpty(tenant.id())).isTrue();
            assertThat(repositories
                            .tokens()
                            .formerOwner(tenant.id(), tokens.get(0).id()))
                    .isEmpty();
        });
    }

    @Test
    void aWorkloadWithManyTokensIsGoneAtOnceAndSweptLater() {
        List<Token> tokens = storedTokens(MANY);

        change("DeleteWorkload", changes -> changes.delete(workload));

        stored(Workloads.named(tenant.id(), "llama", WorkloadKind.MODEL));
        List<Token> before = listed();
        assertThat(before).hasSize(MANY).allSatisfy(token -> {
            assertThat(token.workloadIds()).isEmpty();
            assertThat(token.revision().version()).isEqualTo(2);
        });
        assertThat(read(keys(tokens), Set.of()).tokens().values())
                .hasSize(MANY)
                .allSatisfy(facts -> assertThat(facts.token().workloadIds()).isEmpty());
        assertThat(deletions()).hasSizeLessThan(MANY);
        sweep();
        assertThat(listed()).isEqualTo(before);
        assertOneEventEach(tokens, workload.id().value());
        assertThat(deletions())
                .filteredOn(
                        event -> event.resourceId().equals(tokens.get(0).id().value()))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(
                                new FieldChange("workload_ids", workload.id().toString(), null)));
    }

    @Test
    void theEtagChangesWithTheDeletionOfAWorkloadAndNotWithTheSweep() {
        List<Token> tokens = storedTokens(MANY);
        List<Etag> stored = tokens.stream().map(SweepContract::etag).toList();

        change("DeleteWorkload", changes -> changes.delete(workload));

        List<Etag> deleted = listed().stream().map(SweepContract::etag).toList();
        assertThat(deleted).hasSize(MANY).doesNotContainAnyElementsOf(stored);
        sweep();
        assertThat(listed().stream().map(SweepContract::etag)).isEqualTo(deleted);
    }

    @Test
    void whatIsSmallIsGoneWhollyWithTheDeletion() {
        List<Token> tokens = storedTokens(FEW);

        change("DeleteTenant", changes -> changes.delete(tenant));

        assertOneEventEach(
                tokens, tenant.id().value(), owner.id().value(), workload.id().value());
    }

    @Test
    void twoWhoSweepAtTheSameTimeRemoveNothingTwice() {
        List<Token> tokens = storedTokens(2 * MANY);
        change("DeleteUser", changes -> changes.delete(owner));
        change("DeleteTenant", changes -> changes.delete(tenant));

        assertThat(Outcomes.of(4, number -> sweep())).containsOnlyKeys(Outcomes.DONE);

        sweep();
        assertOneEventEach(
                tokens, tenant.id().value(), owner.id().value(), workload.id().value());
    }

    private void change(String action, Consumer<Changes> work) {
        calls.runLocally(action, (repositories, changes) -> {
            work.accept(changes);
            return action;
        });
    }

    private void sweep() {
        while (sweeping.sweepSlice()) {
            // A slice per call.
        }
    }

    private List<Token> storedTokens(int count) {
        List<Token> tokens = new ArrayList<>();
        transact(repositories -> {
            tokens.clear();
            for (int i = 0; i < count; i++) {
                Token token = Tokens.issued(owner, Policies.boundTo(1), Tokens.draft("token " + i, workload.id()));
                repositories.tokens().insert(token, Tokens.digest(token));
                tokens.add(token);
            }
        });
        return tokens;
    }

    private List<Token> listed() {
        return inTransaction(repositories -> repositories
                        .tokens()
                        .page(tenant.id(), TokenFilter.ALL, LATER, PageRequest.first(PageRequest.MAX_SIZE)))
                .items();
    }

    private void assertTokensGone(List<Token> tokens) {
        assertThat(read(keys(tokens), Set.of()).tokens()).isEmpty();
        transact(repositories -> {
            for (Token token : List.of(tokens.get(0), tokens.get(tokens.size() - 1))) {
                assertThat(repositories.tokens().find(tenant.id(), token.id())).isEmpty();
                assertThat(repositories.tokens().lock(tenant.id(), token.id())).isEmpty();
                assertThat(repositories.tokens().formerOwner(tenant.id(), token.id()))
                        .contains(owner.id());
                assertThat(repositories.tokens().formerOwner(EVERY_TENANT, token.id()))
                        .contains(owner.id());
            }
        });
    }

    /** Asserts that each token and each other resource has one event, all of one action and call unless two deletions competed. */
    private void assertOneEventEach(List<Token> tokens, UUID... others) {
        List<UUID> expected = new ArrayList<>(List.of(others));
        tokens.forEach(token -> expected.add(token.id().value()));
        assertThat(deletions()).extracting(AuditEvent::resourceId).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(deletions()).allSatisfy(event -> assertThat(event.action()).startsWith("Delete"));
        Set<Object> calls = new HashSet<>();
        deletions().forEach(event -> calls.add(List.of(event.action(), event.callId())));
        assertThat(calls).hasSizeLessThanOrEqualTo(2);
    }

    /** The trail of the tenant: fixtures write no events. */
    private List<AuditEvent> deletions() {
        return inTransaction(this::events);
    }

    private List<AuditEvent> events(Repositories repositories) {
        List<AuditEvent> events = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        Page<AuditEvent> page = repositories.audit().page(tenant.id(), AuditFilter.NONE, request);
        events.addAll(page.items());
        while (page.next() != null) {
            page = repositories
                    .audit()
                    .page(tenant.id(), AuditFilter.NONE, new PageRequest(PageRequest.MAX_SIZE, page.next()));
            events.addAll(page.items());
        }
        return events;
    }

    private static Etag etag(Token token) {
        return token.revision().etag();
    }

    private static Set<TokenKey> keys(List<Token> tokens) {
        Set<TokenKey> keys = new HashSet<>();
        tokens.forEach(token -> keys.add(key(token)));
        return keys;
    }
}
