package dev.jeton.grpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Base of all fakes: records the arguments of each call, then answers or fails as configured. */
public abstract class FakePort {
    private final List<List<@Nullable Object>> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable RuntimeException failure;
    private volatile Runnable before = () -> {};

    public final void failWith(@Nullable RuntimeException newFailure) {
        failure = newFailure;
    }

    /** Sets what every call does before it answers. */
    public final void doBefore(Runnable work) {
        before = work;
    }

    /** The arguments of the only call. */
    public final List<@Nullable Object> asked() {
        if (asked.size() != 1) {
            throw new AssertionError("Asked %d times: %s".formatted(asked.size(), asked));
        }
        return asked.get(0);
    }

    public final int timesAsked() {
        return asked.size();
    }

    public final void forget() {
        asked.clear();
    }

    protected final <T> T answer(T value, @Nullable Object... arguments) {
        asked.add(Arrays.asList(arguments));
        before.run();
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
