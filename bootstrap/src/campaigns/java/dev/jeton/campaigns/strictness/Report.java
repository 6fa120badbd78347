package dev.jeton.campaigns.strictness;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The result of a campaign.
 *
 * @param revoked how often each revocation was acknowledged, verified on both replicas and restored
 * @param cancelledDuringPauses cancellations acknowledged while a replica was paused
 * @param unanswered verifications that failed with UNAVAILABLE or timed out
 * @param failed changes that were not acknowledged
 */
record Report(
        long seed,
        Duration took,
        Map<Revocation, AtomicLong> revoked,
        long cancelledDuringPauses,
        long unanswered,
        long failed,
        ProbePool.Totals totals) {

    /** One line for the table of results. */
    String summary() {
        return "%,d cancels and %,d during pauses, %,d verifications judged, %,d wrong, %,d unanswered, %d s, seed %d"
                .formatted(
                        revoked.get(Revocation.CANCEL_TOKEN).get(),
                        cancelledDuringPauses,
                        totals.verifications(),
                        totals.wrong(),
                        unanswered,
                        took.toSeconds(),
                        seed);
    }

    @Override
    public String toString() {
        return "%s%n  Revoked and restored: %s; changes not acknowledged: %,d%s"
                .formatted(
                        summary(),
                        new TreeMap<>(revoked),
                        failed,
                        totals.violations().stream().map("\n  "::concat).collect(Collectors.joining()));
    }
}
