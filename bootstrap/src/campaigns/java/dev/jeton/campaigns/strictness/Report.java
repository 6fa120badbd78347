package dev.jeton.campaigns.strictness;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What came of a campaign.
 *
 * @param taken how often what was given was taken in each way, acknowledged, verified at once through both replicas and given back
 * @param whileStopped cancellations that were acknowledged while a replica was stopped
 * @param verifications that were answered and judged
 * @param unanswered verifications that were refused as UNAVAILABLE or not answered in time, which says nothing of their tokens
 * @param abandoned changes that were not acknowledged
 * @param violated verifications whose answer cannot be right
 * @param violations the first few of these
 */
record Report(
        long seed,
        double seconds,
        Map<Way, AtomicLong> taken,
        long whileStopped,
        long verifications,
        long unanswered,
        long abandoned,
        long violated,
        List<String> violations) {

    @Override
    public String toString() {
        String ways = new TreeMap<>(taken)
                .entrySet().stream()
                        .map(way -> "  %-18s %,9d"
                                .formatted(way.getKey(), way.getValue().get()))
                        .collect(Collectors.joining("\n"));
        String told = violations.stream().map(line -> "\n  " + line).collect(Collectors.joining());
        return """
                Seed %d, %.0f s. Taken, verified at once through both replicas, and given back:
                %s
                Cancelled while a replica was stopped: %,d
                Verifications judged: %,d; not answered: %,d. Changes not acknowledged: %,d
                VIOLATIONS: %,d%s
                """.formatted(seed, seconds, ways, whileStopped, verifications, unanswered, abandoned, violated, told);
    }
}
