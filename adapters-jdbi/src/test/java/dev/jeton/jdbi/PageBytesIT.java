package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages of large rows end before they hold more than 1 MiB, and the following pages continue where they ended. */
class PageBytesIT {
    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final Tenant TENANT = Tenants.acme();
    private static final int ROWS = 250;

    /** About 10 kB. */
    private static final int MIN_TOKENS = 90;

    /** About 60 kB. */
    private static final int MIN_EVENTS = 16;

    @BeforeAll
    static void storeLargeRows() {
        User owner = Users.member(TENANT.id());
        List<Scope> scopes = IntStream.range(100, 160)
                .mapToObj(number -> new Scope("x".repeat(Scope.MAX_LENGTH - 3) + number))
                .toList();
        Token token = Tokens.issued(
                owner,
                TokenPolicy.DEFAULT,
                new TokenDraft(
                        new TokenName("large"),
                        new FreeText("\uD83D\uDE80".repeat(500)),
                        ExpirationChoice.unspecified(),
                        Set.of(),
                        Scopes.of(scopes)));
        AuditEvent event = AuditEvents.changing(
                TENANT.id(), new FieldChange("token_policy", "x".repeat(30_000), "y".repeat(30_000)));
        DATABASE.transactor().inTransaction(repositories -> {
            repositories.tenants().insert(TENANT);
            repositories.users().insert(owner);
            repositories.tokens().insert(token, Tokens.digest(token));
            repositories.audit().append(event);
            return null;
        });
        copy("tokens", "token_id", token.id().value());
        copy("audit_events", "event_id", event.id().value());
    }

    private static void copy(String table, String key, UUID id) {
        DATABASE.backdoor().useHandle(handle -> handle.createUpdate("""
                        INSERT INTO %1$s
                        SELECT (jsonb_populate_record(t, jsonb_build_object('%2$s', gen_random_uuid()))).*
                        FROM %1$s t CROSS JOIN generate_series(2, :rows) WHERE %2$s = :id
                        """.formatted(table, key))
                .bind("rows", ROWS)
                .bind("id", id)
                .execute());
    }

    @Test
    void ofTokens() {
        assertThat(sizesOfPages(
                        (repositories, request) ->
                                repositories.tokens().page(TENANT.id(), TokenFilter.ALL, Instant.EPOCH, request),
                        (Token token) -> token.id().value()))
                .hasSize(3)
                .first()
                .satisfies(size -> assertThat(size).isBetween(MIN_TOKENS, 2 * MIN_TOKENS));
    }

    @Test
    void ofAuditEvents() {
        assertThat(sizesOfPages(
                        (repositories, request) -> repositories.audit().page(TENANT.id(), AuditFilter.NONE, request),
                        (AuditEvent event) -> event.id().value()))
                .hasSizeBetween(13, 16)
                .first()
                .satisfies(size -> assertThat(size).isBetween(MIN_EVENTS, 2 * MIN_EVENTS));
    }

    /** Reads a whole list, and checks that it holds every row once and in order. */
    private static <T> List<Integer> sizesOfPages(
            BiFunction<Repositories, PageRequest, Page<T>> list, Function<T, UUID> id) {
        List<Integer> sizes = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            PageRequest current = request;
            Page<T> page = DATABASE.transactor().inTransaction(repositories -> list.apply(repositories, current));
            sizes.add(page.items().size());
            page.items().forEach(item -> seen.add(id.apply(item).toString()));
            if (page.next() == null) {
                break;
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
        assertThat(seen)
                .hasSize(ROWS)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((first, second) -> second.compareTo(first));
        return sizes;
    }
}
