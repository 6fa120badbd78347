package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.verification.TokenFacts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenSecretTest {
    private final TenantId tenantId = Tenants.anId();
    private final TokenId tokenId = Tokens.anId();
    private final TokenSecret secret = Tokens.secret(tenantId, tokenId);

    @Test
    void has86CharactersOfThePublishedPattern() {
        assertThat(secret.revealSecret()).hasSize(86).startsWith("jtn_").matches(TokenSecret.PATTERN);
        assertThat(TokenSecret.PATTERN).isEqualTo("jtn_[0-9A-Za-z]{82}");
    }

    @Test
    void endsWithTheChecksum() {
        String text = secret.revealSecret();
        CRC32 checksum = new CRC32();
        checksum.update(text.substring(0, 80).getBytes(StandardCharsets.US_ASCII));
        byte[] expected = new byte[6];
        Base62.writeNumber(checksum.getValue(), expected, 0, 6);
        assertThat(text.substring(80)).isEqualTo(new String(expected, StandardCharsets.US_ASCII));
    }

    static Stream<Arguments> ids() {
        Stream<Arguments> edges = Stream.of(
                Arguments.of(new UUID(0, 0), new UUID(0, 0)),
                Arguments.of(new UUID(-1, -1), new UUID(-1, -1)),
                Arguments.of(new UUID(0, 0), new UUID(-1, -1)),
                Arguments.of(TenantId.SYSTEM.value(), new UUID(0, 1)));
        return Stream.concat(
                edges,
                Stream.generate(() -> Arguments.of(UUID.randomUUID(), UUID.randomUUID()))
                        .limit(100));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void namesItsTenantAndToken(UUID tenant, UUID token) {
        String text = Tokens.secret(new TenantId(tenant), new TokenId(token)).revealSecret();
        assertThat(text).matches(TokenSecret.PATTERN);
        PresentedToken presented = PresentedToken.parse(text).orElseThrow();
        assertThat(presented.tenantId().value()).isEqualTo(tenant);
        assertThat(presented.tokenId().value()).isEqualTo(token);
    }

    @Test
    void differsEachTimeForTheSameToken() {
        assertThat(Stream.generate(() -> Tokens.secret(tenantId, tokenId).revealSecret())
                        .limit(1_000)
                        .map(text -> text.substring(48, 80))
                        .distinct())
                .hasSize(1_000);
    }

    @Test
    void hintIsThePrefixAndTheLastFourCharacters() {
        String text = secret.revealSecret();
        assertThat(secret.hint().value()).isEqualTo("jtn_…" + text.substring(82));
    }

    @Test
    void hasNoRevealingStringForm() {
        PresentedToken presented = PresentedToken.parse(secret.revealSecret()).orElseThrow();
        SecretDigest digest = new SecretHasher().digest(secret);
        // A leak is a run of the random part, or of the digest in any notation.
        String random = secret.revealSecret().substring(48, 80);
        for (Object object : new Object[] {secret, presented, digest}) {
            assertThat(object.toString())
                    .matches("[\\w.]+@[0-9a-f]+")
                    .doesNotContain(random)
                    .doesNotContain(Arrays.toString(digest.bytes()));
        }
    }

    @Test
    void hasNoEqualityThatComparesByteByByte() {
        String text = secret.revealSecret();
        assertThat(PresentedToken.parse(text)).isNotEqualTo(PresentedToken.parse(text));
        assertThat(new SecretHasher().digest(secret)).isNotEqualTo(new SecretHasher().digest(secret));
    }

    @Test
    void tokenAndFactsHaveNoFieldForASecret() {
        for (Class<?> type : new Class<?>[] {Token.class, TokenDraft.class, TokenChange.class, TokenFacts.class}) {
            assertThat(type.getRecordComponents())
                    .extracting(component -> (Object) component.getType())
                    .isNotEmpty()
                    .doesNotContain(TokenSecret.class, PresentedToken.class, String.class, byte[].class, char[].class);
        }
    }
}
