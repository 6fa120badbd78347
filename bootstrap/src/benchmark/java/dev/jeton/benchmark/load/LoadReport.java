package dev.jeton.benchmark.load;

import java.io.Serializable;

/**
 * The result of a load: counts and latencies of the calls that began in the measured time. Immutable.
 *
 * @param right calls answered as expected
 * @param wrong calls answered with status OK and an unexpected message
 * @param refused calls answered with another status, or reset
 * @param lost calls without an answer at the end, or that could not be sent in time
 * @param cores the processor time that the load itself took, in cores
 * @param complaint what was wrong with one of the calls; empty if nothing
 */
public record LoadReport(
        double seconds,
        long right,
        long wrong,
        long refused,
        long lost,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        double cores,
        String complaint)
        implements Serializable {

    /** Right answers per second. */
    public double perSecond() {
        return right / seconds;
    }

    /** Whether there were calls and all answers were right. */
    public boolean allRight() {
        return right > 0 && wrong == 0 && refused == 0 && lost == 0;
    }
}
