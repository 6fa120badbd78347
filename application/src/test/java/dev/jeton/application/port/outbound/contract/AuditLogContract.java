package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link AuditLog}. */
public abstract class AuditLogContract extends PersistenceContract {
    private final TenantId tenantId = Tenants.anId();

    @Test
    void keepsEventsUnchanged() {
        AuditEvent full = appended(AuditEvents.by(tenantId, Users.anId(), Users.anId()));
        AuditEvent bare = appended(AuditEvents.withoutActor(tenantId));

        assertThat(all(AuditFilter.NONE)).containsExactly(bare, full);
    }

    @Test
    void keepsTimesInMicroseconds() {
        AuditEvent event = appended(AuditEvents.at(tenantId, LATER.plusNanos(1_000)));

        assertThat(all(AuditFilter.NONE)).extracting(AuditEvent::createTime).containsExactly(event.createTime());
    }

    @Test
    void distinguishesNullFromEmpty() {
        AuditEvent event = appended(AuditEvents.changing(
                tenantId,
                new FieldChange("expire_time", null, ""),
                new FieldChange("description", "", null),
                new FieldChange("name", "a, \"b\" {c} \\ NULL", "日本 🦉")));

        assertThat(all(AuditFilter.NONE)).containsExactly(event);
    }

    @Test
    void listsByDescendingIdInAnyWriteOrder() {
        AuditEvent first = AuditEvents.of(tenantId);
        AuditEvent second = AuditEvents.of(tenantId);
        AuditEvent third = AuditEvents.of(tenantId);
        appended(second);
        appended(third);
        appended(first);

        assertThat(all(AuditFilter.NONE)).containsExactly(third, second, first);
    }

    /** The clock of the server that made an id may have been wrong. */
    @Test
    void listsByDescendingTimeBeforeId() {
        AuditEvent last = appended(AuditEvents.at(tenantId, LATER.plusSeconds(2)));
        AuditEvent first = appended(AuditEvents.at(tenantId, LATER));
        AuditEvent second = appended(AuditEvents.at(tenantId, LATER.plusSeconds(1)));

        assertThat(all(AuditFilter.NONE)).containsExactly(last, second, first);
        Page<AuditEvent> page = page(AuditFilter.NONE, PageRequest.first(1));
        assertThat(page.items()).containsExactly(last);
        page = page(AuditFilter.NONE, new PageRequest(1, page.next()));
        assertThat(page.items()).containsExactly(second);
        page = page(AuditFilter.NONE, new PageRequest(1, page.next()));
        assertThat(page.items()).containsExactly(first);
        assertThat(page.next()).isNull();
    }

    @Test
    void listsPageByPage() {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(0, appended(AuditEvents.of(tenantId)));
        }

        Page<AuditEvent> first = page(AuditFilter.NONE, PageRequest.first(2));
        appended(AuditEvents.of(tenantId));
        Page<AuditEvent> second = page(AuditFilter.NONE, new PageRequest(2, first.next()));
        Page<AuditEvent> third = page(AuditFilter.NONE, new PageRequest(2, second.next()));

        assertThat(first.items()).isEqualTo(events.subList(0, 2));
        assertThat(second.items()).isEqualTo(events.subList(2, 4));
        assertThat(third.items()).isEqualTo(events.subList(4, 5));
        assertThat(third.next()).isNull();
    }

    @Test
    void pagesThroughEventsOfAnActorAndActingUser() {
        UserId actor = Users.anId();
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(0, appended(AuditEvents.by(tenantId, actor, null)));
            events.add(0, appended(AuditEvents.by(tenantId, Users.anId(), actor)));
            events.add(0, appended(AuditEvents.by(tenantId, actor, actor)));
            appended(AuditEvents.of(tenantId));
        }
        AuditFilter filter = new AuditFilter(null, actor, null, null, null);

        List<AuditEvent> found = new ArrayList<>();
        Page<AuditEvent> page = page(filter, PageRequest.first(2));
        while (page.next() != null) {
            assertThat(page.items()).hasSize(2);
            found.addAll(page.items());
            page = page(filter, new PageRequest(2, page.next()));
        }
        found.addAll(page.items());

        assertThat(found).isEqualTo(events);
    }

    @Test
    void filtersByResource() {
        UUID resource = Tokens.anId().value();
        AuditEvent wanted = appended(AuditEvents.about(tenantId, resource));
        appended(AuditEvents.of(tenantId));

        assertThat(all(new AuditFilter(resource, null, null, null, null))).containsExactly(wanted);
    }

    @Test
    void filtersByAction() {
        AuditEvent wanted = appended(AuditEvents.named(tenantId, "CreateToken"));
        appended(AuditEvents.named(tenantId, "CreateTokens"));
        appended(AuditEvents.named(tenantId, "createtoken"));

        assertThat(all(new AuditFilter(null, null, "CreateToken", null, null))).containsExactly(wanted);
        assertThat(all(new AuditFilter(null, null, "Create\0Token", null, null)))
                .isEmpty();
    }

    @Test
    void filtersByTimeFromInclusiveUntilExclusive() {
        appended(AuditEvents.at(tenantId, LATER.minusNanos(1_000)));
        AuditEvent first = appended(AuditEvents.at(tenantId, LATER));
        AuditEvent last = appended(AuditEvents.at(tenantId, LATER.plusNanos(1_000)));
        appended(AuditEvents.at(tenantId, LATER.plusNanos(2_000)));

        assertThat(all(new AuditFilter(null, null, null, LATER, LATER.plusNanos(2_000))))
                .containsExactly(last, first);
        assertThat(all(new AuditFilter(null, null, null, LATER.minusNanos(1), LATER.plusNanos(1_001))))
                .containsExactly(last, first);
    }

    @Test
    void combinesAllFilters() {
        UserId actor = Users.anId();
        UUID resource = Tokens.anId().value();
        AuditEvent wanted = appended(AuditEvents.with(tenantId, actor, null, "RenewToken", resource, LATER, List.of()));
        appended(AuditEvents.with(tenantId, Users.anId(), null, "RenewToken", resource, LATER, List.of()));
        appended(AuditEvents.with(tenantId, actor, null, "CancelToken", resource, LATER, List.of()));
        appended(AuditEvents.with(
                tenantId, actor, null, "RenewToken", Tokens.anId().value(), LATER, List.of()));
        appended(AuditEvents.with(tenantId, actor, null, "RenewToken", resource, LATER.plusSeconds(2), List.of()));
        appended(AuditEvents.with(tenantId, actor, null, "RenewToken", resource, LATER.minusSeconds(1), List.of()));

        assertThat(all(new AuditFilter(resource, actor, "RenewToken", LATER, LATER.plusSeconds(1))))
                .containsExactly(wanted);
    }

    @Test
    void showsNothingOfOtherTenants() {
        UUID resource = Tokens.anId().value();
        AuditEvent own = appended(AuditEvents.about(tenantId, resource));
        appended(AuditEvents.about(Tenants.anId(), resource));

        assertThat(all(AuditFilter.NONE)).containsExactly(own);
        assertThat(all(new AuditFilter(resource, null, null, null, null))).containsExactly(own);
    }

    @Test
    void keepsNothingOfARollback() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transact(repositories -> {
                    repositories.audit().append(AuditEvents.of(tenantId));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(all(AuditFilter.NONE)).isEmpty();
    }

    @Test
    void outlivesTheTenant() {
        TenantId deleted = storedTenant().id();
        AuditEvent event = appended(AuditEvents.of(deleted));

        transact(repositories -> repositories.tenants().delete(deleted));

        transact(repositories -> assertThat(repositories
                        .audit()
                        .page(deleted, AuditFilter.NONE, PageRequest.first(10))
                        .items())
                .containsExactly(event));
    }

    private AuditEvent appended(AuditEvent event) {
        transact(repositories -> repositories.audit().append(event));
        return event;
    }

    private List<AuditEvent> all(AuditFilter filter) {
        return page(filter, PageRequest.first(100)).items();
    }

    private Page<AuditEvent> page(AuditFilter filter, PageRequest request) {
        return inTransaction(repositories -> repositories.audit().page(tenantId, filter, request));
    }
}
