package dev.jeton.benchmark.load;

import dev.jeton.bootstrap.support.Histogram;

/** Counts the calls that began in the measured time by their outcome. Not thread-safe. */
final class Tally {
    private final Histogram latencies = new Histogram();
    private long right;
    private long wrong;
    private long refused;
    private long lost;
    private String complaint = "";

    void right(long nanos) {
        right++;
        latencies.add(nanos);
    }

    void wrong(long nanos) {
        wrong++;
        latencies.add(nanos);
        complain("an answer was not as expected");
    }

    void refused(long nanos, String how) {
        refused++;
        latencies.add(nanos);
        complain("a call was refused: " + how);
    }

    void lost(long calls, String why) {
        lost += calls;
        if (calls > 0) {
            complain(why);
        }
    }

    LoadReport report(double seconds, double cores) {
        return new LoadReport(
                seconds,
                right,
                wrong,
                refused,
                lost,
                millis(latencies.percentile(50)),
                millis(latencies.percentile(99)),
                millis(latencies.percentile(99.9)),
                millis(latencies.max()),
                cores,
                complaint);
    }

    private void complain(String words) {
        if (complaint.isEmpty()) {
            complaint = words;
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
