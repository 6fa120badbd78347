package dev.jeton.campaigns.faults;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order in which one token can have answered all calls about it one by one, each at a moment between its question and its
 * answer; one with an unknown end may have had its effect at any time after the question, or none. The search is Wing and Gong's, and
 * remembers what it has tried in vain. Not thread-safe.
 */
final class Search {
    private final List<Call> calls;
    private final Predicate<State> end;
    private final Set<Tried> tried = new HashSet<>();

    private Search(List<Call> calls, Predicate<State> end) {
        this.calls = calls.stream()
                .filter(call -> call.deed().isChange() || !call.isUnknown())
                .sorted(Comparator.comparingLong(Call::asked))
                .toList();
        this.end = end;
    }

    private record Tried(BitSet placed, State state) {}

    /**
     * Whether there is such an order.
     *
     * @param end what the token has to be at last
     */
    static boolean explains(List<Call> calls, Predicate<State> end) {
        Search search = new Search(calls, end);
        return search.goOn(new BitSet(), State.ABSENT);
    }

    private boolean goOn(BitSet placed, State state) {
        if (!tried.add(new Tried(placed, state))) {
            return false;
        }
        long first = firstAnswer(placed);
        if (first == Long.MAX_VALUE && end.test(state)) {
            return true;
        }
        for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
            Call call = calls.get(i);
            if (call.asked() > first) {
                return false;
            }
            State next = after(state, call);
            if (next != null && goOn(with(placed, i), next)) {
                return true;
            }
        }
        return false;
    }

    /** Null if it is not worth trying. */
    private static @Nullable State after(State state, Call call) {
        if (!call.isUnknown()) {
            return state.after(call);
        }
        State done = state.done(call);
        return done.equals(state) ? null : done;
    }

    /** Nothing that was asked later than this comes next. */
    private long firstAnswer(BitSet placed) {
        long first = Long.MAX_VALUE;
        for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).over());
        }
        return first;
    }

    private static BitSet with(BitSet placed, int i) {
        BitSet more = (BitSet) placed.clone();
        more.set(i);
        return more;
    }
}
