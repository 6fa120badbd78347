package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jeton.domain.fixture.HashKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyTest {
    private static final byte[] RANDOM = HashKeys.bytes("random");

    @ParameterizedTest
    @ValueSource(strings = {"a", "2026-11", "0", "-", "abcdefghijklmnopqrstuvwxyz-01234"})
    void acceptsValidIds(String id) {
        assertThat(new HashKey(id, RANDOM).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a:b", "ä", "a\n", "abcdefghijklmnopqrstuvwxyz-012345"})
    void rejectsInvalidIds(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HashKey(id, RANDOM))
                .withMessage("a key's id must be 1 to 32 characters of a-z, 0-9 and -");
    }

    @Test
    void rejectsAShortKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HashKey("k1", Arrays.copyOf(RANDOM, 31)))
                .withMessage("key k1 has 31 bytes but must have at least 32");
    }

    @Test
    void rejectsPredictableKeys() {
        byte[] counting = new byte[64];
        byte[] counted = new byte[256];
        byte[] fewDifferent = new byte[48];
        for (int i = 0; i < 256; i++) {
            counted[i] = (byte) (i * 7 + 200);
            counting[i % 64] = (byte) (i % 64);
            fewDifferent[i % 48] = RANDOM[i % 48 % 15];
        }
        for (byte[] madeUp : new byte[][] {
            new byte[32],
            counting,
            counted,
            fewDifferent,
            "correct horse battery staple, 0123456789".getBytes(StandardCharsets.US_ASCII)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HashKey("k1", madeUp))
                    .withMessage("key k1 is a text or a pattern but must be random bytes");
        }
    }

    @Test
    void acceptsRandomKeysOfAnyLength() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[32 + i % 64];
            random.nextBytes(bytes);
            assertThat(new HashKey("k1", bytes)).isNotNull();
        }
    }

    @Test
    void distinguishesKeys() {
        assertThat(HashKeys.of("a").sameBytesAs(new HashKey("b", HashKeys.bytes("a"))))
                .isTrue();
        assertThat(HashKeys.of("a").sameBytesAs(HashKeys.of("b"))).isFalse();
    }
}
