package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any string may be presented; only an unchanged secret is not malformed. */
class PresentedTokenTest {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** Made by another implementation, in Python; the second one's checksum begins with zeros. */
    private static final String SECRET =
            "jtn_02tcRIyrxLXTR81B3dqdOx02tcRIyrxQZhaLOJXVjcg30123456789ABCDEFGHIJKLMNOPQRSTUV1nWaGW";

    private static final String WITH_ZEROS =
            "jtn_02tcRIyrxLXTR81B3dqdOx02tcRIyrxQZhaLOJXVjcg3000000000000000000000000000041fk0000ej";

    @ParameterizedTest
    @ValueSource(strings = {SECRET, WITH_ZEROS})
    void readsWhatAnotherImplementationWrote(String text) {
        PresentedToken presented = PresentedToken.parse(text).orElseThrow();
        assertThat(presented.tenantId()).hasToString("01890a5d-ac96-774b-bcce-b302099a8057");
        assertThat(presented.tokenId()).hasToString("01890a5d-ac96-7abc-8123-456789abcdef");
    }

    @Test
    void refusesEveryChangeOfOneCharacter() {
        String text = Tokens.secret(Tenants.anId(), Tokens.anId()).revealSecret();
        String others = DIGITS + "_- \u0000\n\u00e9\uff21\uD83D";
        for (int i = 0; i < text.length(); i++) {
            for (char other : others.toCharArray()) {
                if (other != text.charAt(i)) {
                    String changed = text.substring(0, i) + other + text.substring(i + 1);
                    assertThat(PresentedToken.parse(changed)).as(changed).isEmpty();
                }
            }
        }
    }

    @Test
    void refusesTwoNeighboursSwapped() {
        for (int i = 0; i < SECRET.length() - 1; i++) {
            if (SECRET.charAt(i) != SECRET.charAt(i + 1)) {
                String swapped =
                        SECRET.substring(0, i) + SECRET.charAt(i + 1) + SECRET.charAt(i) + SECRET.substring(i + 2);
                assertThat(PresentedToken.parse(swapped)).as(swapped).isEmpty();
            }
        }
    }

    @Test
    void refusesEveryTruncation() {
        for (int i = 0; i < SECRET.length(); i++) {
            assertThat(PresentedToken.parse(SECRET.substring(0, i))).isEmpty();
            assertThat(PresentedToken.parse(SECRET.substring(i + 1))).isEmpty();
            assertThat(PresentedToken.parse(SECRET.substring(0, i) + SECRET.substring(i + 1)))
                    .isEmpty();
        }
    }

    static Stream<String> strangers() {
        return Stream.concat(
                Stream.of(" ", "\u0000", "\r", "\n", "\r\n", "\t", "0", "=", "\u200b", "\ufeff")
                        .flatMap(extra ->
                                Stream.of(SECRET + extra, extra + SECRET, "jtn_" + extra + SECRET.substring(4), extra)),
                Stream.of(
                        "",
                        "jtn_",
                        SECRET.toLowerCase(Locale.ROOT),
                        SECRET.toUpperCase(Locale.ROOT),
                        "JTN_" + SECRET.substring(4),
                        "jtn-" + SECRET.substring(4),
                        "Bearer " + SECRET,
                        SECRET + SECRET,
                        "a".repeat(86),
                        "0".repeat(10_000),
                        "jtn_" + "0".repeat(82),
                        "jtn_" + "z".repeat(82),
                        "jtn_" + "\uD83D\uDE80".repeat(41)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void refusesStrangers(String text) {
        assertThat(PresentedToken.parse(text)).isEmpty();
    }

    @Test
    void refusesIdsThatNoUuidHasDespiteARightChecksum() {
        String highest = base62(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
        String tooHigh = base62(BigInteger.TWO.pow(128));
        String random = "R".repeat(32);
        assertThat(PresentedToken.parse(checked(highest + highest + random))).isPresent();
        assertThat(PresentedToken.parse(checked(tooHigh + highest + random))).isEmpty();
        assertThat(PresentedToken.parse(checked(highest + tooHigh + random))).isEmpty();
        assertThat(PresentedToken.parse(checked("z".repeat(22) + highest + random)))
                .isEmpty();
    }

    private static String checked(String body) {
        byte[] ascii = ("jtn_" + body + "000000").getBytes(StandardCharsets.US_ASCII);
        SecretFormat.writeChecksum(ascii);
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    private static String base62(BigInteger number) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < 22; i++) {
            digits.insert(0, DIGITS.charAt(rest.mod(BigInteger.valueOf(62)).intValue()));
            rest = rest.divide(BigInteger.valueOf(62));
        }
        return digits.toString();
    }
}
