package dev.jeton.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void isTheSameForEver() {
        assertThat(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT))
                .hasToString("f9562ef7f046b2da3c201ff6485b8fd6000b3fe482b26ab0fba4baec580c4ccc");
    }

    static Stream<AuditEvent> othersByOneField() {
        return Stream.of(
                new AuditEvent(
                        new AuditEventId(new UUID(2, 9)),
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME.plusNanos(1_000),
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME.plusSeconds(1),
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        Tenants.anId(),
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        Users.anId(),
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        null,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        Tokens.anId(),
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        null,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        Users.anId(),
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        null,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "DeleteToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.USER,
                        RESOURCE,
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        new UUID(6, 9),
                        CHANGES,
                        CALL),
                new AuditEvent(
                        ID,
                        TIME,
                        TENANT,
                        ACTOR,
                        TOKEN,
                        ACTING,
                        "UpdateToken",
                        ResourceType.TOKEN,
                        RESOURCE,
                        CHANGES,
                        new CallId(new UUID(7, 9))),
                changing(),
                changing(new FieldChange("names", "old", "new")),
                changing(new FieldChange("name", "other", "new")),
                changing(new FieldChange("name", "old", "other")),
                changing(CHANGES.get(0), CHANGES.get(0)));
    }

    @ParameterizedTest
    @MethodSource("othersByOneField")
    void changesWithEveryField(AuditEvent other) {
        assertThat(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, other))
                .isNotEqualTo(EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT));
    }

    @Test
    void changesWithThePlaceInTheChain() {
        assertThat(List.of(
                        EventEncoding.hash(ChainHash.ZERO, TENANT, 1, EVENT),
                        EventEncoding.hash(ChainHash.ZERO, TENANT, 2, EVENT),
                        EventEncoding.hash(ChainHash.ZERO, Tenants.anId(), 1, EVENT),
                        EventEncoding.hash(new ChainHash(new byte[] {1}), TENANT, 1, EVENT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void noTwoListsOfChangesAreEncodedAlike() {
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
    void noTwoActorsAreEncodedAlike() {
        assertThat(Stream.of(acted(ACTOR, null, null), acted(null, null, ACTOR), acted(ACTOR, null, ACTOR))
                        .map(EventEncodingTest::encoded))
                .doesNotHaveDuplicates();
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
