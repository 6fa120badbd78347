package dev.jeton.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventEncodingTest {
    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final AuditEventId ID = new AuditEventId(new UUID(2, 2));
    private static final Instant TIME = Instant.parse("2026-03-05T10:15:30.123456Z");
    private static final UserId ACTOR = new UserId(new UUID(3, 3));
    private static final TokenId TOKEN = new TokenId(new UUID(4, 4));
    private static final UserId ACTING = new UserId(new UUID(5, 5));
    private static final UUID RESOURCE = new UUID(6, 6);
    private static final List<FieldChange> CHANGES = List.of(new FieldChange("name", "old", "new"));
    private static final CallId CALL = new CallId(new UUID(7, 7));
    private static final AuditEvent EVENT = new AuditEvent(
            ID, TIME, TENANT, ACTOR, TOKEN, ACTING, "UpdateToken", ResourceType.TOKEN, RESOURCE, CHANGES, CALL);

    @Test
    void neverChanges() {
        assertThat(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT))
                .hasToString("f9562ef7f046b2da3c201ff6485b8fd6000b3fe482b26ab0fba4baec580c4ccc");
    }

    static Stream<Arguments> changedFields() {
        return Stream.of(
                Arguments.of("id", new AuditEventId(new UUID(2, 9))),
                Arguments.of("createTime", TIME.plusNanos(1_000)),
                Arguments.of("createTime", TIME.plusSeconds(1)),
                Arguments.of("tenantId", Tenants.anId()),
                Arguments.of("actorUserId", Users.anId()),
                Arguments.of("actorUserId", null),
                Arguments.of("actorTokenId", Tokens.anId()),
                Arguments.of("actorTokenId", null),
                Arguments.of("actingUserId", Users.anId()),
                Arguments.of("actingUserId", null),
                Arguments.of("action", "DeleteToken"),
                Arguments.of("resourceType", ResourceType.USER),
                Arguments.of("resourceId", new UUID(6, 9)),
                Arguments.of("callId", new CallId(new UUID(7, 9))),
                Arguments.of("changes", List.of()),
                Arguments.of("changes", List.of(new FieldChange("names", "old", "new"))),
                Arguments.of("changes", List.of(new FieldChange("name", "other", "new"))),
                Arguments.of("changes", List.of(new FieldChange("name", "old", "other"))),
                Arguments.of("changes", List.of(CHANGES.get(0), CHANGES.get(0))));
    }

    @ParameterizedTest
    @MethodSource("changedFields")
    void changesWithEveryField(String field, @Nullable Object value) throws ReflectiveOperationException {
        assertThat(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, with(field, value)))
                .isNotEqualTo(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT));
    }

    @Test
    void everyFieldIsTested() {
        assertThat(changedFields().map(row -> (String) row.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AuditEvent.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void changesWithThePosition() {
        assertThat(List.of(
                        EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT),
                        EventEncoding.hash(ChainHash.ZERO, TENANT, 2, EVENT),
                        EventEncoding.hash(ChainHash.ZERO, Tenants.anId(), 1, EVENT),
                        EventEncoding.hash(new ChainHash(new byte[] {1}), TENANT, 1, EVENT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void differentChangesHaveDifferentEncodings() {
        List<AuditEvent> events = List.of(
                changing(new FieldChange("name", "ab", "c")),
                changing(new FieldChange("name", "a", "bc")),
                changing(new FieldChange("namea", "b", "c")),
                changing(new FieldChange("name", null, "abc")),
                changing(new FieldChange("name", "", "abc")),
                changing(new FieldChange("name", "abc", null)),
                changing(new FieldChange("name", "abc", "")),
                changing(new FieldChange("name", null, null)),
                changing(new FieldChange("name", "", "")),
                changing(new FieldChange("", "name", "")),
                changing(new FieldChange("name", "null", null)),
                changing(new FieldChange("name", "\0", null)),
                changing(new FieldChange("name", "?", null)),
                changing(new FieldChange("name", "\uD800", null)),
                changing(new FieldChange("name", "\uD801", null)),
                changing(new FieldChange("", "", "\0")),
                changing(new FieldChange("\u0101", null, null)),
                changing(new FieldChange("a", null, null), new FieldChange("b", null, null)),
                changing(new FieldChange("b", null, null), new FieldChange("a", null, null)),
                changing());

        assertThat(events.stream().map(EventEncodingTest::encoded)).doesNotHaveDuplicates();
    }

    @Test
    void differentActorsHaveDifferentEncodings() {
        assertThat(Stream.of(acted(ACTOR, null, null), acted(null, null, ACTOR), acted(ACTOR, null, ACTOR))
                        .map(EventEncodingTest::encoded))
                .doesNotHaveDuplicates();
    }

    /** Returns the event with one field changed. */
    private static AuditEvent with(String field, @Nullable Object value) throws ReflectiveOperationException {
        RecordComponent[] fields = AuditEvent.class.getRecordComponents();
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].getName().equals(field)
                    ? value
                    : fields[i].getAccessor().invoke(EVENT);
        }
        return (AuditEvent) AuditEvent.class.getConstructors()[0].newInstance(values);
    }

    private static AuditEvent acted(UserId actor, TokenId token, UserId acting) {
        return new AuditEvent(
                ID, TIME, TENANT, actor, token, acting, "UpdateToken", ResourceType.TOKEN, RESOURCE, CHANGES, CALL);
    }

    private static AuditEvent changing(FieldChange... changes) {
        return new AuditEvent(
                ID,
                TIME,
                TENANT,
                ACTOR,
                TOKEN,
                ACTING,
                "UpdateToken",
                ResourceType.TOKEN,
                RESOURCE,
                Arrays.asList(changes),
                CALL);
    }

    private static String encoded(AuditEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventEncoding.write(ChainHash.ZERO, TENANT, 1, event, bytes);
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
