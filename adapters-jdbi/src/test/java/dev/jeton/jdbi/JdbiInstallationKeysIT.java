package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.contract.Outcomes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class JdbiInstallationKeysIT {
    private final JdbiInstallationKeys keys = TestDatabase.shared().database().installationKeys();
    private final SecureRandom random = new SecureRandom();

    @Test
    void keepsTheFirstKey() {
        byte[] key = keys.getOrCreate("kept", random);

        assertThat(key).hasSize(32);
        assertThat(keys.getOrCreate("kept", random)).isEqualTo(key);
    }

    @Test
    void namesHaveDifferentKeys() {
        assertThat(keys.getOrCreate("one", random)).isNotEqualTo(keys.getOrCreate("other", random));
    }

    @Test
    void concurrentCallersGetTheSameKey() {
        Set<String> seen = ConcurrentHashMap.newKeySet();

        assertThat(Outcomes.of(20, number -> seen.add(HexFormat.of().formatHex(keys.getOrCreate("contested", random)))))
                .isEqualTo(Map.of(Outcomes.DONE, 20L));

        assertThat(seen).hasSize(1);
    }
}
