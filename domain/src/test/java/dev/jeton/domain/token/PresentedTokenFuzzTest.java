package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of slightly changed secrets and random text of the same length, the parser accepts only the real secret and never throws. */
@Tag("G15")
class PresentedTokenFuzzTest {
    private static final int ROUNDS = 100_000;

    /** Digits, characters next to them, and characters of no alphabet. */
    private static final String ALPHABET =
            "09AZaz_/:@[`{ -+\u0000\u007f\u0080\u00e9\u0660\uff10\u202e\ud83d\ude80\uffff";

    private final String secret = Tokens.secret(Tenants.anId(), Tokens.anId()).revealSecret();

    @Test
    void acceptsOnlyTheRealSecret() {
        long seed = new SplittableRandom().nextLong();

        assertThat(mistake(PresentedToken::parse, seed)).as("seed %d", seed).isNull();
    }

    /** Proves that the other test can fail. */
    @Test
    void detectsAParserThatThrowsOnOneInput() {
        Function<String, Optional<PresentedToken>> broken = text -> {
            if (text.length() == SecretFormat.LENGTH && text.charAt(SecretFormat.LENGTH - 1) == '\u00e9') {
                throw new ArrayIndexOutOfBoundsException('\u00e9');
            }
            return PresentedToken.parse(text);
        };

        assertThat(mistake(broken, 1)).contains("ArrayIndexOutOfBounds", "\u00e9");
    }

    private @Nullable String mistake(Function<String, Optional<PresentedToken>> parser, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String text = changed(random);
            try {
                if (parser.apply(text).isPresent() != text.equals(secret)) {
                    return "wrongly accepted or rejected: " + text;
                }
            } catch (RuntimeException e) {
                return e + " at: " + text;
            }
        }
        return null;
    }

    private String changed(SplittableRandom random) {
        StringBuilder text = new StringBuilder(secret);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            char character = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, character);
                case 1 -> text.setLength(Math.max(at, 1));
                case 2 -> text.append(secret, 0, random.nextInt(secret.length()));
                default -> text.setCharAt(Math.min(at, text.length() - 1), character);
            }
        }
        return text.toString();
    }
}
