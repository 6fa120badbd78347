package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseCheckTest {

    @Test
    void rejectsAnOldServer() {
        assertThatExceptionOfType(UnusableDatabase.class)
                .isThrownBy(() -> DatabaseCheck.requireSupported(14, "14.19 (Debian)"))
                .withMessage(
                        "Jeton needs PostgreSQL 15 or newer, but the server is version 14.19 (Debian); upgrade it");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void acceptsEveryServerSince(int major) {
        assertThatCode(() -> DatabaseCheck.requireSupported(major, Integer.toString(major)))
                .doesNotThrowAnyException();
    }
}
