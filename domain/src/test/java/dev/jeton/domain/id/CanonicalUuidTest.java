package dev.jeton.domain.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUuidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01890a5d-ac96-774b-bcce-b302099a8057",
                "01890A5D-AC96-774B-BCCE-B302099A8057",
                "01890a5D-ac96-774B-bcce-b302099a8057"
            })
    void parsesTheCanonicalFormInEitherCase(String text) {
        assertThat(CanonicalUuid.parse(text)).isEqualTo(new UUID(0x01890a5dac96774bL, 0xbcceb302099a8057L));
    }

    @Test
    void parsesTheLowestAndHighest() {
        assertThat(CanonicalUuid.parse("00000000-0000-0000-0000-000000000000")).isEqualTo(new UUID(0, 0));
        assertThat(CanonicalUuid.parse("ffffffff-ffff-ffff-ffff-ffffffffffff")).isEqualTo(new UUID(-1, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "..",
                "1-2-3-4-5",
                "01890a5dac96774bbcceb302099a8057",
                "{01890a5d-ac96-774b-bcce-b302099a80}",
                "01890a5d-ac96-774b-bcce-b302099a805",
                "01890a5d-ac96-774b-bcce-b302099a80577",
                "01890a5d-ac96-774b-bcce-b302099a8057 ",
                " 01890a5d-ac96-774b-bcce-b302099a805",
                "01890a5d-ac96-774b-bcce-b302099a805\u0000",
                "01890a5d-ac96-774b-bcce-b302099a805\n",
                "01890a5d-ac96-774b-bcce-b302099a805g",
                "+1890a5d-ac96-774b-bcce-b302099a8057",
                "01890a5d-ac96-774b-bcce-b302099a805\uff17",
                "001890a5d-ac96-774b-bcce-b302099a805",
                "01890a5d-ac96-774b-bcceb-302099a8057",
                "01890a5d--ac96-774b-bcce-b302099a805",
                "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057",
                "------------------------------------"
            })
    void rejectsEverythingElse(String text) {
        assertThat(Refusal.of(() -> CanonicalUuid.parse(text))).containsExactly("INVALID_ID");
    }

    @Test
    void rejectsTenThousandCharacters() {
        assertThat(Refusal.of(() -> CanonicalUuid.parse("0".repeat(10_000)))).containsExactly("INVALID_ID");
    }
}
