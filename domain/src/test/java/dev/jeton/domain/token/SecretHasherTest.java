package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHasherTest {
    private static final String SECRET =
            "jtn_02tcRIyrxLXTR81B3dqdOx02tcRIyrxQZhaLOJXVjcg30123456789ABCDEFGHIJKLMNOPQRSTUV1nWaGW";
    /** Of another implementation: {@code printf %s "$SECRET" | sha256sum}. */
    private static final byte[] SHA256 =
            HexFormat.of().parseHex("5241363e57d51bbe37337a54d9fad29c2d624f2b7196539df44306ca5be03a0e");

    private final SecretHasher hasher = new SecretHasher();
    private final PresentedToken presented = PresentedToken.parse(SECRET).orElseThrow();

    @Test
    void hashesTheWholeTextBySha256() {
        assertThat(hasher.matches(presented, new SecretDigest("sha256", SHA256)))
                .isTrue();
    }

    @Test
    void matchesTheDigestOfTheSameSecretOnly() {
        TokenId tokenId = Tokens.anId();
        TokenSecret mine = Tokens.secret(Tenants.anId(), tokenId);
        SecretDigest stored = hasher.digest(mine);
        assertThat(stored.scheme()).isEqualTo("sha256");
        assertThat(stored.bytes()).hasSize(32);
        assertThat(hasher.matches(presented(mine), stored)).isTrue();
        assertThat(new SecretHasher().matches(presented(mine), stored)).isTrue();
        assertThat(hasher.matches(presented, stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256", "sha-256", "sha256 ", "hmac-sha256", "plain"})
    void neverMatchesAnUnknownScheme(String scheme) {
        assertThat(hasher.matches(presented, new SecretDigest(scheme, SHA256))).isFalse();
    }

    @Test
    void neverMatchesAChangedTruncatedExtendedOrEmptyDigest() {
        for (int bit = 0; bit < 256; bit++) {
            byte[] changed = SHA256.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(hasher.matches(presented, new SecretDigest("sha256", changed)))
                    .isFalse();
        }
        for (int length : new int[] {0, 31, 33}) {
            assertThat(hasher.matches(presented, new SecretDigest("sha256", Arrays.copyOf(SHA256, length))))
                    .isFalse();
        }
    }

    @Test
    void keepsADigestThatNobodyCanChange() {
        byte[] source = SHA256.clone();
        SecretDigest digest = new SecretDigest("sha256", source);
        source[0]++;
        digest.bytes()[1]++;
        assertThat(digest.bytes()).isEqualTo(SHA256);
        assertThat(digest.sameAs(new SecretDigest("sha256", SHA256))).isTrue();
    }

    @Test
    void canBeSharedByThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            SecretDigest stored = new SecretDigest("sha256", SHA256);
            Callable<Boolean> task = () -> Stream.generate(() -> hasher.matches(presented, stored))
                    .limit(5_000)
                    .allMatch(matches -> matches);
            for (Future<Boolean> all :
                    pool.invokeAll(Stream.generate(() -> task).limit(8).toList())) {
                assertThat(all.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static PresentedToken presented(TokenSecret secret) {
        return PresentedToken.parse(secret.revealSecret()).orElseThrow();
    }
}
