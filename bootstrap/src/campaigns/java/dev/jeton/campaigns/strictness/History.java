package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes to one probe, made one at a time by one client, and its verifications by any number of clients. Checks that the history is
 * linearizable: a verification must answer with a state that no acknowledged change replaced before the call, that was requested before the
 * answer, and that is no older than the state in any answer received before the call. Thread-safe.
 */
final class History {
    private final List<State> states = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private int pending;
    private boolean closed;

    History(Answer first) {
        states.add(new State(first, Long.MIN_VALUE));
    }

    /** The correct answer between two changes. */
    private static final class State {
        final Answer answer;
        final long requested;
        long acknowledged = Long.MAX_VALUE;

        State(Answer answer, long requested) {
            this.answer = answer;
            this.requested = requested;
        }
    }

    private record Reading(String replica, long called, long answered, Answer answer) {}

    /** A verification in progress. Must be ended once. */
    final class Call {
        private final String replica;
        private final long called = System.nanoTime();

        private Call(String replica) {
            this.replica = replica;
        }

        /** @param answer null if there was none */
        void end(@Nullable Answer answer) {
            synchronized (History.this) {
                if (answer != null) {
                    readings.add(new Reading(replica, called, System.nanoTime(), answer));
                }
                pending--;
                History.this.notifyAll();
            }
        }
    }

    /** Call before requesting a change. */
    synchronized void beginChange(Answer next) {
        states.add(new State(next, System.nanoTime()));
    }

    /** Call when the change is acknowledged. An unacknowledged change may take effect at any time or never. */
    synchronized void endChange() {
        states.get(states.size() - 1).acknowledged = System.nanoTime();
    }

    /** Call before verifying; empty if the history is closed. */
    synchronized Optional<Call> beginCall(String replica) {
        if (closed) {
            return Optional.empty();
        }
        pending++;
        return Optional.of(new Call(replica));
    }

    /** Rejects new calls, waits for those in progress, and describes each wrong answer. */
    synchronized List<String> close() throws InterruptedException {
        closed = true;
        while (pending > 0) {
            wait();
        }
        return violations();
    }

    /** The number of calls that got an answer. */
    synchronized int answers() {
        return readings.size();
    }

    /**
     * Matches each reading, in the order of the answers, with the earliest state it can have seen. That choice restricts later readings
     * the least: if it fails for one of them, so does every other choice.
     */
    private List<String> violations() {
        List<String> violations = new ArrayList<>();
        TreeMap<Long, Integer> latestSeen = new TreeMap<>();
        readings.sort(Comparator.comparingLong(Reading::answered));
        for (Reading reading : readings) {
            var before = latestSeen.lowerEntry(reading.called());
            int seen = earliest(reading, before == null ? 0 : before.getValue());
            if (seen < 0) {
                violations.add(describe(reading));
            } else {
                var last = latestSeen.lastEntry();
                latestSeen.put(reading.answered(), last == null ? seen : Math.max(seen, last.getValue()));
            }
        }
        return violations;
    }

    /** The index of the state, at least {@code from}; negative if no state fits. */
    private int earliest(Reading reading, int from) {
        for (int i = from; i < states.size() && states.get(i).requested < reading.answered(); i++) {
            boolean replaced = i + 1 < states.size() && states.get(i + 1).acknowledged < reading.called();
            if (!replaced && states.get(i).answer.equals(reading.answer())) {
                return i;
            }
        }
        return -1;
    }

    private String describe(Reading reading) {
        int current = 0;
        for (int i = 1; i < states.size() && states.get(i).acknowledged < reading.called(); i++) {
            current = i;
        }
        State state = states.get(current);
        String since = current == 0
                ? "the initial state"
                : "acknowledged %.3f ms before".formatted((reading.called() - state.acknowledged) / 1e6);
        return "%s answered %s after %.3f ms; at the call the state was %s, %s"
                .formatted(
                        reading.replica(),
                        reading.answer().name(),
                        (reading.answered() - reading.called()) / 1e6,
                        state.answer.name(),
                        since);
    }
}
