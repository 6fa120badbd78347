package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final List<String> closed = new ArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void closesInReverseOrder() {
        lifecycle.open(() -> resource("database"));
        lifecycle.open(() -> resource("server"));

        lifecycle.close();

        assertThat(closed).containsExactly("server", "database");
    }

    @Test
    void closesTheRestWhenOneCannotBeClosed() {
        lifecycle.open(() -> resource("database"));
        lifecycle.open(() -> () -> {
            throw new IllegalStateException("cannot be closed");
        });

        lifecycle.close();

        assertThat(closed).containsExactly("database");
    }

    @Test
    void closesEachResourceOnce() {
        lifecycle.open(() -> resource("server"));

        lifecycle.close();
        lifecycle.close();

        assertThat(closed).containsExactly("server");
    }

    @Test
    void opensNothingOnceClosed() {
        lifecycle.close();

        assertThatIllegalStateException().isThrownBy(() -> lifecycle.open(() -> resource("server")));
        assertThat(closed).isEmpty();
        assertThat(lifecycle.isClosed()).isTrue();
    }

    private AutoCloseable resource(String name) {
        return () -> closed.add(name);
    }
}
