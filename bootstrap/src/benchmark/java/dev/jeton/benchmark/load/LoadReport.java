package dev.jeton.benchmark.load;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a load, of the calls that began in the measured time. Immutable.
 *
 * @param right calls answered as expected
 * @param wrong calls answered with status OK and something else than expected
 * @param refused calls answered with another status, or reset
 * @param lost calls not answered in good time after the end, or that should have been sent and could not be
 * @param cores the processor time that the load itself took, in cores
 * @param complaint about one of those that went wrong, in words; empty if none did
 */
public record LoadReport(
        double seconds,
        long right,
        long wrong,
        long refused,
        long lost,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        double cores,
        String complaint) {
    private static final String SEPARATOR = "\t";

    /** Right answers. */
    public double perSecond() {
        return right / seconds;
    }

    /** Whether there was load, and every answer to it was right. */
    public boolean allRight() {
        return right > 0 && wrong == 0 && refused == 0 && lost == 0;
    }

    String toLine() {
        return String.join(
                SEPARATOR,
                "seconds=" + seconds,
                "right=" + right,
                "wrong=" + wrong,
                "refused=" + refused,
                "lost=" + lost,
                "p50=" + p50Millis,
                "p90=" + p90Millis,
                "p99=" + p99Millis,
                "p999=" + p999Millis,
                "max=" + maxMillis,
                "cores=" + cores,
                "complaint=" + complaint);
    }

    /** Reads what the load generator printed last. */
    public static LoadReport parse(String line) {
        Map<String, String> values = Arrays.stream(line.split(SEPARATOR))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new LoadReport(
                Double.parseDouble(values.get("seconds")),
                Long.parseLong(values.get("right")),
                Long.parseLong(values.get("wrong")),
                Long.parseLong(values.get("refused")),
                Long.parseLong(values.get("lost")),
                Double.parseDouble(values.get("p50")),
                Double.parseDouble(values.get("p90")),
                Double.parseDouble(values.get("p99")),
                Double.parseDouble(values.get("p999")),
                Double.parseDouble(values.get("max")),
                Double.parseDouble(values.get("cores")),
                values.get("complaint"));
    }
}
