package dev.jeton.application.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final UUID THIRD = new UUID(0, 3);

    @Test
    void aPageThatHoldsEverythingIsTheLast() {
        assertThat(Page.cut(List.<UUID>of(), PageRequest.first(2), Function.identity()))
                .isEqualTo(new Page<>(List.of(), null));
        assertThat(Page.cut(List.of(THIRD, SECOND), PageRequest.first(2), Function.identity()))
                .isEqualTo(new Page<>(List.of(THIRD, SECOND), null));
    }

    @Test
    void anExtraItemYieldsANextPage() {
        assertThat(Page.cut(List.of(THIRD, SECOND, FIRST), PageRequest.first(2), Function.identity()))
                .isEqualTo(new Page<>(List.of(THIRD, SECOND), new Cursor(SECOND)));
    }

    @Test
    void mappingKeepsTheNextPage() {
        Page<UUID> page = new Page<>(List.of(THIRD), new Cursor(THIRD));

        assertThat(page.map(UUID::toString)).isEqualTo(new Page<>(List.of(THIRD.toString()), new Cursor(THIRD)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
    void rejectsSizesOutsideTheLimits(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.first(size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PageRequest.DEFAULT_SIZE, PageRequest.MAX_SIZE})
    void acceptsSizesWithinTheLimits(int size) {
        assertThat(PageRequest.first(size).size()).isEqualTo(size);
    }
}
