package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InternerTest {
    private final Interner<UUID> interner = new Interner<>();

    @Test
    void equalValuesBecomeOneInstance() {
        UUID first = interner.intern(new UUID(7, 1));

        assertThat(interner.intern(new UUID(7, 1))).isSameAs(first);
    }

    @Test
    void returnsEqualValuesWhenItOverflows() {
        for (UUID value :
                IntStream.range(0, 100_000).mapToObj(n -> new UUID(n, 0)).toList()) {
            assertThat(interner.intern(value)).isEqualTo(value);
        }
    }

    @Test
    void valuesWithTheSameHashStayDistinct() {
        UUID one = new UUID(0, 5);
        UUID other = new UUID(5, 0);
        assertThat(one).hasSameHashCodeAs(other);

        assertThat(Set.of(interner.intern(one), interner.intern(other))).containsExactlyInAnyOrder(one, other);
        assertThat(interner.intern(new UUID(0, 5))).isEqualTo(one);
    }
}
