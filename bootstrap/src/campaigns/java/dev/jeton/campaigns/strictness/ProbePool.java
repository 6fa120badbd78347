package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The probes that the background load verifies, and the totals of the retired ones. Thread-safe. */
final class ProbePool {
    private static final int MAX_VIOLATIONS_KEPT = 100;

    private final List<Probe> probes = new CopyOnWriteArrayList<>();
    private Totals totals = new Totals(0, 0, List.of());

    /**
     * Totals over the histories of retired probes.
     *
     * @param verifications the number of answers judged
     * @param wrong the number of wrong answers
     * @param violations descriptions of the first few wrong answers
     */
    record Totals(long verifications, long wrong, List<String> violations) {}

    void add(Probe probe) {
        probes.add(probe);
    }

    /** At most {@code max} different probes with the same caller; empty if there are none. */
    List<Probe> pick(RandomGenerator random, int max) {
        List<Probe> all = new ArrayList<>(probes);
        List<Probe> picked = new ArrayList<>();
        while (picked.size() < max && !all.isEmpty()) {
            Probe next = all.remove(random.nextInt(all.size()));
            if (picked.isEmpty() || picked.get(0).caller().equals(next.caller())) {
                picked.add(next);
            }
        }
        return picked;
    }

    /** Removes the probe, waits for calls in progress, and judges its history. */
    void retire(Probe probe) throws InterruptedException {
        probes.remove(probe);
        List<String> found = probe.history().close();
        synchronized (this) {
            List<String> kept = new ArrayList<>(totals.violations());
            found.stream().limit(MAX_VIOLATIONS_KEPT - kept.size()).forEach(kept::add);
            totals = new Totals(
                    totals.verifications() + probe.history().answers(),
                    totals.wrong() + found.size(),
                    List.copyOf(kept));
        }
    }

    synchronized Totals totals() {
        return totals;
    }
}
