package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.HashKeys;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
    /** From an independent implementation: {@code printf %s "$SECRET" | sha256sum}. */
    private static final byte[] SHA256 =
            HexFormat.of().parseHex("5241363e57d51bbe37337a54d9fad29c2d624f2b7196539df44306ca5be03a0e");

    /** From an independent implementation: {@code printf %s "$SECRET" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf newest | sha256sum)}. */
    private static final byte[] HMAC_BY_NEWEST =
            HexFormat.of().parseHex("12c0dc8a02f5c9f2409bd15ef0c05c2efc5a003e0dbdb5eb388ac3990c7f57b9");

    private static final byte[] HMAC_BY_OLDER =
            HexFormat.of().parseHex("cd9dd8d6afb5a1c4037521dcbf356feb5ccf93d8dde93aafbfd5fbdda244619a");

    private static final SecretHasher KEYED = new SecretHasher(List.of(HashKeys.of("newest"), HashKeys.of("older")));

    private final SecretHasher hasher = new SecretHasher();
    private final PresentedToken presented = PresentedToken.parse(SECRET).orElseThrow();

    @Test
    void hashesTheWholeTextBySha256() {
        assertThat(hasher.matches(presented, new SecretDigest("sha256", SHA256)))
                .isTrue();
    }

    @Test
    void matchesOnlyTheDigestOfTheSameSecret() {
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
    @ValueSource(
            strings = {"", "SHA256", "sha-256", "sha256 ", "hmac-sha256", "hmac-sha256:", "hmac-sha256:NEWEST", "plain"
            })
    void failsForAnUnsupportedScheme(String scheme) {
        for (SecretHasher any : List.of(hasher, KEYED)) {
            assertThat(any.supports(scheme)).isFalse();
            assertThatThrownBy(() -> any.matches(presented, new SecretDigest(scheme, SHA256)))
                    .isInstanceOfSatisfying(Unavailable.class, fault -> {
                        assertThat(fault.reason()).isEqualTo(ErrorReason.SECRET_KEY_MISSING);
                        assertThat(fault)
                                .hasRootCauseMessage("a token's digest uses the scheme " + scheme
                                        + ", and this replica was not given its key");
                    });
        }
    }

    @Test
    void hashesWithTheNamedKey() {
        assertThat(KEYED.matches(presented, new SecretDigest("hmac-sha256:newest", HMAC_BY_NEWEST)))
                .isTrue();
        assertThat(KEYED.matches(presented, new SecretDigest("hmac-sha256:older", HMAC_BY_OLDER)))
                .isTrue();
        assertThat(KEYED.matches(presented, new SecretDigest("sha256", SHA256))).isTrue();
        assertThat(KEYED.matches(presented, new SecretDigest("hmac-sha256:newest", HMAC_BY_OLDER)))
                .isFalse();
        assertThat(KEYED.matches(presented, new SecretDigest("hmac-sha256:newest", SHA256)))
                .isFalse();
    }

    @Test
    void hashesWithTheFirstKey() {
        SecretDigest stored = KEYED.digest(presented);

        assertThat(stored.sameAs(new SecretDigest("hmac-sha256:newest", HMAC_BY_NEWEST)))
                .isTrue();
        assertThat(KEYED.isNewest(stored)).isTrue();
        assertThat(KEYED.isNewest(new SecretDigest("hmac-sha256:older", HMAC_BY_OLDER)))
                .isFalse();
        assertThat(KEYED.isNewest(new SecretDigest("sha256", SHA256))).isFalse();
        assertThat(hasher.isNewest(new SecretDigest("sha256", SHA256))).isTrue();
    }

    @Test
    void keylessHasherVerifiesButNeverHashesWithKeys() {
        SecretHasher keyless = SecretHasher.keyless(List.of(HashKeys.of("newest")));

        assertThat(keyless.digest(presented).sameAs(new SecretDigest("sha256", SHA256)))
                .isTrue();
        assertThat(keyless.matches(presented, new SecretDigest("hmac-sha256:newest", HMAC_BY_NEWEST)))
                .isTrue();
        assertThat(keyless.isNewest(new SecretDigest("hmac-sha256:newest", HMAC_BY_NEWEST)))
                .isFalse();
        assertThat(keyless.fingerprints()).hasSize(1);
    }

    @Test
    void aFingerprintDependsOnlyOnItsKey() {
        SecretDigest fingerprint = KEYED.fingerprints().get(0);

        assertThat(fingerprint.sameAs(new SecretDigest(
                        "hmac-sha256:newest",
                        HexFormat.of().parseHex("3a7e591e919a5aa0c6e619ecfc8862690aa0810bdc8cba618fdcf96612ec0c96"))))
                .isTrue();
        assertThat(fingerprint.sameAs(new SecretHasher(List.of(new HashKey("newest", HashKeys.bytes("another"))))
                        .fingerprints()
                        .get(0)))
                .isFalse();
        assertThat(KEYED.fingerprints()).hasSize(2);
        assertThat(hasher.fingerprints()).isEmpty();
    }

    @Test
    void rejectsTwoKeysWithOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretHasher(List.of(HashKeys.of("a"), HashKeys.of("a"))));
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
    void digestIsImmutable() {
        byte[] source = SHA256.clone();
        SecretDigest digest = new SecretDigest("sha256", source);
        source[0]++;
        digest.bytes()[1]++;
        assertThat(digest.bytes()).isEqualTo(SHA256);
        assertThat(digest.sameAs(new SecretDigest("sha256", SHA256))).isTrue();
    }

    @Test
    void isThreadSafe() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            SecretDigest plain = new SecretDigest("sha256", SHA256);
            SecretDigest keyed = new SecretDigest("hmac-sha256:newest", HMAC_BY_NEWEST);
            Callable<Boolean> task =
                    () -> Stream.generate(() -> KEYED.matches(presented, plain) && KEYED.matches(presented, keyed))
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
