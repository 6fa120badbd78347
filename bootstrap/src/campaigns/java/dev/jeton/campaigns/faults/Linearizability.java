package dev.jeton.campaigns.faults;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a token's calls are linearizable: whether an order in which each call takes effect between its start and end explains all
 * answers. A call with an unknown outcome may take effect at any time after its start, or never. Uses Wing and Gong's algorithm and memoizes
 * dead ends. Not thread-safe.
 */
final class Linearizability {
    private final List<Call> calls;
    private final Predicate<TokenState> end;
    private final Set<Visited> visited = new HashSet<>();

    private Linearizability(List<Call> calls, Predicate<TokenState> end) {
        this.calls = calls.stream()
                .filter(call -> call.operation().isChange() || !call.isUnknown())
                .sorted(Comparator.comparingLong(Call::started))
                .toList();
        this.end = end;
    }

    private record Visited(BitSet placed, TokenState state) {}

    /**
     * Whether such an order exists.
     *
     * @param end accepts possible final states of the token
     */
    static boolean explains(List<Call> calls, Predicate<TokenState> end) {
        return new Linearizability(calls, end).search(new BitSet(), TokenState.ABSENT);
    }

    private boolean search(BitSet placed, TokenState state) {
        if (!visited.add(new Visited(placed, state))) {
            return false;
        }
        long first = firstEnd(placed);
        if (first == Long.MAX_VALUE && end.test(state)) {
            return true;
        }
        for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
            Call call = calls.get(i);
            if (call.started() > first) {
                return false;
            }
            TokenState next = after(state, call);
            if (next != null && search(with(placed, i), next)) {
                return true;
            }
        }
        return false;
    }

    /** Null if the call is impossible, or has no effect and an unknown outcome. */
    private static @Nullable TokenState after(TokenState state, Call call) {
        if (!call.isUnknown()) {
            return state.after(call);
        }
        TokenState done = state.done(call);
        return done.equals(state) ? null : done;
    }

    /** No call that started later than this can be next. */
    private long firstEnd(BitSet placed) {
        long first = Long.MAX_VALUE;
        for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).latestEffect());
        }
        return first;
    }

    private static BitSet with(BitSet placed, int i) {
        BitSet more = (BitSet) placed.clone();
        more.set(i);
        return more;
    }
}
