package dev.jeton.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Cursor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListWorkloadsRequest;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTokensTest {
    private static final Caller CALLER = callerOf(Users.anId());
    private static final ListTokensRequest REQUEST =
            ListTokensRequest.newBuilder().setNameContains("qa").setPageSize(10).build();

    private final PageTokens pageTokens = new PageTokens("key".getBytes(StandardCharsets.US_ASCII));
    private final PageQuery query = pageTokens.query(CALLER, REQUEST);
    private final Cursor cursor = new Cursor(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
    private final String token = query.tokenFor(cursor);

    @Test
    void continuesWhereThePageEnded() {
        assertThat(token).matches("[0-9A-Za-z_-]{44}");
        assertThat(query.cursorOf(token)).isEqualTo(cursor);
    }

    @Test
    void isEmptyAfterTheLastPage() {
        assertThat(query.tokenFor(null)).isEmpty();
    }

    @Test
    void refusesEveryFlippedBit() {
        for (int bit = 0; bit < 8 * token.length(); bit++) {
            byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(query, new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** Mostly of the right length, with characters that Base64 decoders treat differently. */
    @Test
    void refusesNonsense() {
        String alphabet = "AZaz09-_+/=.,\r\n\u0000\u0080\u00e9\u0661\uff21\ud83d\ude80\uffff";
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(token);
            for (int changes = 1 + random.nextInt(token.length()); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (!text.toString().equals(token)) {
                assertRefused(query, text.toString());
            }
        }
    }

    @Test
    void refusesEveryOtherLength() {
        for (int length = 1; length < token.length(); length++) {
            assertRefused(query, token.substring(0, length));
        }
        assertRefused(query, token + "A");
        assertRefused(query, token + "=");
        assertRefused(query, token.substring(0, 42) + "==");
        assertRefused(query, "A".repeat(44));
    }

    @Test
    void isValidForAnyPageSize() {
        ListTokensRequest next =
                REQUEST.toBuilder().setPageSize(20).setPageToken(token).build();

        assertThat(pageTokens.query(CALLER, next).cursorOf(token)).isEqualTo(cursor);
    }

    @Test
    void refusesTokensOfOtherQueries() {
        assertRefused(
                pageTokens.query(
                        CALLER, REQUEST.toBuilder().setNameContains("q").build()),
                token);
        assertRefused(
                pageTokens.query(CALLER, REQUEST.toBuilder().setUnassigned(true).build()), token);
        assertRefused(pageTokens.query(CALLER, ListTokensRequest.getDefaultInstance()), token);
    }

    @Test
    void refusesTokensOfOtherRpcs() {
        String ofUsers =
                pageTokens.query(CALLER, ListUsersRequest.getDefaultInstance()).tokenFor(cursor);

        assertRefused(pageTokens.query(CALLER, ListWorkloadsRequest.getDefaultInstance()), ofUsers);
    }

    @Test
    void refusesTokensOfOtherUsersButNotOfTheirOtherTokens() {
        assertRefused(pageTokens.query(callerOf(Users.anId()), REQUEST), token);
        assertThat(pageTokens.query(callerOf(CALLER.userId()), REQUEST).cursorOf(token))
                .isEqualTo(cursor);
    }

    @Test
    void refusesTokensOfOtherKeys() {
        PageTokens other = new PageTokens("other".getBytes(StandardCharsets.US_ASCII));

        assertRefused(other.query(CALLER, REQUEST), token);
    }

    private static Caller callerOf(UserId userId) {
        return new Caller(TenantId.SYSTEM, userId, Role.OPERATOR, Scopes.NONE, Tokens.anId(), userId, null);
    }

    private static void assertRefused(PageQuery query, String token) {
        assertThatExceptionOfType(InvalidArgument.class)
                .isThrownBy(() -> query.cursorOf(token))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(ErrorReason.INVALID_PAGE_TOKEN));
    }
}
