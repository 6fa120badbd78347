package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was done to one subject, by one writer one after the other, and how verifications of it were answered meanwhile, by whomever. It
 * judges whether all of them can have read one and the same register: each sees no less than what was acknowledged before it was asked,
 * nothing that was not yet asked for when it was answered, and nothing older than what another that was answered before had seen.
 * Thread-safe.
 */
final class History {
    private final List<State> states = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private int underWay;
    private boolean closed;

    History(Answer first) {
        states.add(new State(first, Long.MIN_VALUE));
    }

    /**
     * What a verification has to answer for a while.
     *
     * @param answer what is right as of this state
     * @param asked when the change to it was asked for
     */
    private static final class State {
        final Answer answer;
        final long asked;
        long acknowledged = Long.MAX_VALUE;

        State(Answer answer, long asked) {
            this.answer = answer;
            this.asked = asked;
        }
    }

    /**
     * One answer to a verification.
     *
     * @param through which replica
     */
    record Reading(String through, long asked, long answered, Answer answer) {}

    /** To be called before a change is asked for. */
    synchronized void changing(Answer to) {
        states.add(new State(to, System.nanoTime()));
    }

    /** To be called when the change is acknowledged. One that never is may have happened at any time. */
    synchronized void changed() {
        states.get(states.size() - 1).acknowledged = System.nanoTime();
    }

    /** When a verification is asked for; null: it must not be any more. */
    synchronized @Nullable Long ask() {
        if (closed) {
            return null;
        }
        underWay++;
        return System.nanoTime();
    }

    /** @param answer null: there was none */
    synchronized void answered(String through, long asked, @Nullable Answer answer) {
        if (answer != null) {
            readings.add(new Reading(through, asked, System.nanoTime(), answer));
        }
        underWay--;
        notifyAll();
    }

    /** Lets no further verification begin, waits for those under way and judges them all. */
    synchronized List<String> close() throws InterruptedException {
        closed = true;
        while (underWay > 0) {
            wait();
        }
        return violations();
    }

    synchronized int readings() {
        return readings.size();
    }

    /**
     * Gives each reading, in the order of the answers, the earliest state that it can have seen. That is the choice that binds later ones
     * the least, so that if it fails for one, no other choice would do.
     */
    private List<String> violations() {
        List<String> violations = new ArrayList<>();
        TreeMap<Long, Integer> seenBy = new TreeMap<>();
        readings.sort(Comparator.comparingLong(Reading::answered));
        for (Reading reading : readings) {
            var before = seenBy.lowerEntry(reading.asked());
            int least = before == null ? 0 : before.getValue();
            int seen = earliest(reading, least);
            if (seen < 0) {
                violations.add(describe(reading));
            } else {
                var last = seenBy.lastEntry();
                seenBy.put(reading.answered(), last == null ? seen : Math.max(seen, last.getValue()));
            }
        }
        return violations;
    }

    /** Negative if there is none. */
    private int earliest(Reading reading, int least) {
        for (int i = least; i < states.size() && states.get(i).asked < reading.answered(); i++) {
            boolean over = i + 1 < states.size() && states.get(i + 1).acknowledged < reading.asked();
            if (!over && states.get(i).answer.equals(reading.answer())) {
                return i;
            }
        }
        return -1;
    }

    private String describe(Reading reading) {
        int current = 0;
        for (int i = 1; i < states.size() && states.get(i).acknowledged < reading.asked(); i++) {
            current = i;
        }
        State state = states.get(current);
        String since = current == 0
                ? "as it was from the beginning"
                : "acknowledged %.3f ms before".formatted((reading.asked() - state.acknowledged) / 1e6);
        return "%s answered %s after %.3f ms; when it was asked, %s counted, %s"
                .formatted(
                        reading.through(),
                        reading.answer().name(),
                        (reading.answered() - reading.asked()) / 1e6,
                        state.answer.name(),
                        since);
    }
}
