package dev.jeton.campaigns.faults;

import java.time.Duration;
import java.util.List;

/**
 * What came of one experiment. Immutable.
 *
 * @param done changes that were acknowledged
 * @param unknown calls that were not answered
 * @param cuts commits that were cut
 * @param seconds all of it took
 * @param longest the longest that a call took
 * @param servedAfter how long after the trouble's end all servers changed and verified again
 * @param threads before and after
 * @param connections before and after
 * @param violations the worst first, if there are any
 */
record Report(
        Fault fault,
        long seed,
        int calls,
        long done,
        long unknown,
        long cuts,
        double seconds,
        Duration longest,
        Duration servedAfter,
        Growth threads,
        Growth connections,
        List<Violation> violations) {

    record Growth(int before, int after) {
        @Override
        public String toString() {
            return before + " -> " + after;
        }
    }

    @Override
    public String toString() {
        return "%s (seed %d): %d calls, %d changes acknowledged, %d unknown, %d commits cut in %.1f s; longest %d ms, served after %d ms, threads %s, connections %s; %d violations%s"
                .formatted(
                        fault,
                        seed,
                        calls,
                        done,
                        unknown,
                        cuts,
                        seconds,
                        longest.toMillis(),
                        servedAfter.toMillis(),
                        threads,
                        connections,
                        violations.size(),
                        violations.isEmpty() ? "" : ", such as " + violations.get(0));
    }
}
