package dev.jeton.grpc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.audit.ResourceType;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListAuditEventsResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditGrpcServiceTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-04-01T00:00:00Z");

    private final ApiUnderTest api = new ApiUnderTest();
    private final AuditServiceBlockingStub client = AuditServiceGrpc.newBlockingStub(api.asCaller());
    private final TenantId tenantId = Tenants.anId();
    private final UserId actorId = Users.anId();
    private final UUID resourceId = UUID.randomUUID();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void passesAllFiltersOn() {
        client.listAuditEvents(ListAuditEventsRequest.newBuilder()
                .setTenantId(tenantId.toString())
                .setResourceId(resourceId.toString())
                .setActorId(actorId.toString())
                .setAction("CancelToken")
                .setFrom(timestamp(FROM))
                .setUntil(timestamp(UNTIL))
                .setPageSize(7)
                .build());

        assertThat(api.audit.asked())
                .containsExactly(
                        "list",
                        api.gate.caller(),
                        new ListAuditEvents(
                                tenantId,
                                new AuditFilter(resourceId, actorId, "CancelToken", FROM, UNTIL),
                                PageRequest.first(7)));
    }

    @Test
    void emptyFieldsDoNotFilter() {
        client.listAuditEvents(ListAuditEventsRequest.getDefaultInstance());

        assertThat(api.audit.asked())
                .contains(new ListAuditEvents(null, AuditFilter.NONE, PageRequest.first(PageRequest.DEFAULT_SIZE)));
    }

    @Test
    void reportsAllViolationsAtOnce() {
        Refusal refusal = Refusal.of(() -> client.listAuditEvents(ListAuditEventsRequest.newBuilder()
                .setTenantId("..")
                .setResourceId("..")
                .setActorId("..")
                .setAction("DROP TABLE")
                .setFrom(Timestamp.newBuilder().setNanos(-1))
                .setPageSize(-1)
                .build()));

        assertThat(refusal.fields())
                .containsExactlyInAnyOrder("tenant_id", "resource_id", "actor_id", "action", "from", "page_size");
    }

    @Test
    void listsEventsPageByPage() {
        Cursor end = new Cursor(UUID.randomUUID());
        api.audit.answerWith(new Page<>(List.of(), end));
        ListAuditEventsRequest query =
                ListAuditEventsRequest.newBuilder().setAction("CancelToken").build();
        String token = client.listAuditEvents(query).getNextPageToken();

        api.audit.forget();
        client.listAuditEvents(
                query.toBuilder().setPageSize(7).setPageToken(token).build());
        assertThat(api.audit.asked())
                .contains(new ListAuditEvents(
                        null, new AuditFilter(null, null, "CancelToken", null, null), new PageRequest(7, end)));

        for (ListAuditEventsRequest.Builder other : List.of(
                query.toBuilder().clearAction(),
                query.toBuilder().setTenantId(tenantId.toString()),
                query.toBuilder().setResourceId(resourceId.toString()),
                query.toBuilder().setActorId(actorId.toString()),
                query.toBuilder().setFrom(timestamp(FROM)),
                query.toBuilder().setUntil(timestamp(UNTIL)))) {
            assertThat(Refusal.of(() -> client.listAuditEvents(
                                    other.setPageToken(token).build()))
                            .violations())
                    .containsExactly("page_token INVALID_PAGE_TOKEN");
        }
    }

    @Test
    void actionIsAnyWordOfLetters() {
        client.listAuditEvents(
                ListAuditEventsRequest.newBuilder().setAction("Nope").build());
        assertThat(api.audit.timesAsked()).isOne();

        assertThat(violations("x".repeat(65))).containsExactly("action TOO_LONG");
        assertThat(violations("CancelToken\0")).containsExactly("action INVALID_CHARACTER");
        assertThat(violations(" CancelToken")).containsExactly("action INVALID_CHARACTER");
    }

    @Test
    void untilMustBeAfterFrom() {
        Refusal refusal = Refusal.of(() -> client.listAuditEvents(ListAuditEventsRequest.newBuilder()
                .setFrom(timestamp(FROM))
                .setUntil(timestamp(FROM))
                .build()));

        assertThat(refusal.fields()).containsExactlyInAnyOrder("until");
    }

    @Test
    void returnsEveryFieldOfAnEvent() {
        TokenId token = Tokens.anId();
        UserId acting = Users.anId();
        AuditEvent event = new AuditEvent(
                new AuditEventId(UUID.randomUUID()),
                Instant.parse("2026-03-05T10:15:30.123456Z"),
                tenantId,
                actorId,
                token,
                acting,
                "UpdateUser",
                ResourceType.USER,
                resourceId,
                List.of(new FieldChange("role", "MEMBER", null), new FieldChange("email", null, "")),
                new CallId(UUID.randomUUID()));
        api.audit.answerWith(new Page<>(List.of(event), new Cursor(event.id().value())));

        ListAuditEventsResponse reply = client.listAuditEvents(ListAuditEventsRequest.getDefaultInstance());

        assertThat(reply.getNextPageToken()).isNotEmpty();
        assertThat(reply.getEventsList()).singleElement().satisfies(proto -> {
            assertThat(proto.getId()).isEqualTo(event.id().toString());
            assertThat(proto.getCreateTime().getNanos()).isEqualTo(123_456_000);
            assertThat(proto.getTenantId()).isEqualTo(tenantId.toString());
            assertThat(proto.getActorUserId()).isEqualTo(actorId.toString());
            assertThat(proto.getActorTokenId()).isEqualTo(token.toString());
            assertThat(proto.getActingUserId()).isEqualTo(acting.toString());
            assertThat(proto.getAction()).isEqualTo("UpdateUser");
            assertThat(proto.getResourceType()).isEqualTo(dev.jeton.v1.ResourceType.RESOURCE_TYPE_USER);
            assertThat(proto.getResourceId()).isEqualTo(resourceId.toString());
            assertThat(proto.getCallId()).isEqualTo(event.callId().toString());
            assertThat(proto.getChanges(0).getField()).isEqualTo("role");
            assertThat(proto.getChanges(0).getOldValue()).isEqualTo("MEMBER");
            assertThat(proto.getChanges(0).hasNewValue()).isFalse();
            assertThat(proto.getChanges(1).hasOldValue()).isFalse();
            assertThat(proto.getChanges(1).hasNewValue()).isTrue();
        });
    }

    @Test
    void eventWithoutActorHasNoActorFields() {
        AuditEvent event = new AuditEvent(
                new AuditEventId(UUID.randomUUID()),
                FROM,
                tenantId,
                null,
                null,
                null,
                "Install",
                ResourceType.TENANT,
                resourceId,
                List.of(),
                new CallId(UUID.randomUUID()));
        api.audit.answerWith(new Page<>(List.of(event), null));

        ListAuditEventsResponse reply = client.listAuditEvents(ListAuditEventsRequest.getDefaultInstance());

        assertThat(reply.getEvents(0).getActorUserId()).isEmpty();
        assertThat(reply.getEvents(0).getActorTokenId()).isEmpty();
        assertThat(reply.getEvents(0).getActingUserId()).isEmpty();
    }

    private List<String> violations(String action) {
        return Refusal.of(() -> client.listAuditEvents(
                        ListAuditEventsRequest.newBuilder().setAction(action).build()))
                .violations();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }
}
