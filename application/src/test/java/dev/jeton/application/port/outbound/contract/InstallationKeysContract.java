package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.domain.fixture.Tenants;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The contract of {@link InstallationKeys}. */
public abstract class InstallationKeysContract extends PersistenceContract {
    private final String name = Tenants.anId().toString();

    @Test
    void keepsTheFirstKey() {
        assertThat(keys().putIfAbsent(name, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
        assertThat(keys().putIfAbsent(name, new byte[] {4})).containsExactly(1, 2, 3);
    }

    @Test
    void namesHaveDifferentKeys() {
        keys().putIfAbsent(name, new byte[] {1});

        assertThat(keys().putIfAbsent(name + "-other", new byte[] {2})).containsExactly(2);
    }

    @Test
    void concurrentCallersGetTheSameKey() {
        Set<String> seen = ConcurrentHashMap.newKeySet();

        assertThat(Outcomes.of(
                        20,
                        number -> seen.add(
                                HexFormat.of().formatHex(keys().putIfAbsent(name, new byte[] {(byte) number})))))
                .isEqualTo(Map.of(Outcomes.DONE, 20L));

        assertThat(seen).hasSize(1);
    }

    private InstallationKeys keys() {
        return persistence().installationKeys();
    }
}
