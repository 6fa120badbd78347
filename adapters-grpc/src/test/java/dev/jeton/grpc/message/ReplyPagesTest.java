package dev.jeton.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.Token;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplyPagesTest {
    private static final Cursor NEXT = new Cursor(new UUID(0, 7));

    private static Page<Token> reply(int items, int bytes, Cursor next) {
        List<UUID> ids =
                LongStream.rangeClosed(1, items).mapToObj(id -> new UUID(1, id)).toList();
        return ReplyPages.of(
                new Page<>(ids, next),
                id -> Token.newBuilder()
                        .setId(id.toString())
                        .setDescription("x".repeat(bytes))
                        .build(),
                id -> id);
    }

    @Test
    void keepsPagesThatFit() {
        assertThat(reply(0, 0, null)).isEqualTo(new Page<>(List.of(), null));
        assertThat(reply(3, 100, null).items()).hasSize(3);
        assertThat(reply(3, 100, null).next()).isNull();
        assertThat(reply(3, 100, NEXT).next()).isEqualTo(NEXT);
    }

    @Test
    void endsLargerPagesAfterTheLastItemThatFits() {
        for (int bytes : new int[] {900, 14_000, 300_000}) {
            Page<Token> page = reply(5_000, bytes, NEXT);

            int size = ListTokensResponse.newBuilder()
                    .addAllTokens(page.items())
                    .setNextPageToken("x".repeat(44))
                    .build()
                    .getSerializedSize();
            assertThat(size).isLessThanOrEqualTo(1 << 20).isGreaterThan((1 << 20) - bytes - 200);
            assertThat(page.next())
                    .isEqualTo(new Cursor(new UUID(1, page.items().size())));
        }
    }

    @Test
    void holdsOneItemHoweverLarge() {
        Page<Token> page = reply(2, 2 << 20, null);

        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).isEqualTo(new Cursor(new UUID(1, 1)));
    }
}
