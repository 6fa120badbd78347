package dev.jeton.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.benchmark.Population.Owner;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final Owner FIRST = new Owner(new TenantId(new UUID(1, 1)), new UUID(1, 2));
    private static final Owner SECOND = new Owner(new TenantId(new UUID(2, 1)), new UUID(2, 2));

    private final Population population = new Population(List.of(FIRST, SECOND), 1, 1_000_000);

    @Test
    void computesTheSameTokenAgain() {
        Population.Entry once = population.token(7, new SeededRandom());
        SeededRandom used = new SeededRandom();
        population.token(8, used);

        assertThat(population.token(7, used).secret().revealSecret())
                .isEqualTo(once.secret().revealSecret());
        assertThat(population.id(7, used)).isEqualTo(once.id());
    }

    @Test
    void differsByNumberAndSeed() {
        String secret = population.token(7, new SeededRandom()).secret().revealSecret();
        Population other = new Population(List.of(FIRST, SECOND), 2, 1_000_000);

        assertThat(population.token(9, new SeededRandom()).secret().revealSecret())
                .isNotEqualTo(secret);
        assertThat(other.token(7, new SeededRandom()).secret().revealSecret()).isNotEqualTo(secret);
    }

    @Test
    void secretsMatchTheirDigests() {
        SecretHasher hasher = new SecretHasher();
        Population.Entry made = population.token(7, new SeededRandom());
        PresentedToken presented =
                PresentedToken.parse(made.secret().revealSecret()).orElseThrow();

        assertThat(presented.tenantId()).isEqualTo(SECOND.tenantId());
        assertThat(presented.tokenId()).isEqualTo(made.id());
        assertThat(hasher.matches(presented, hasher.digest(made.secret()))).isTrue();
    }
}
