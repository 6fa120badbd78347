package dev.jeton.benchmark.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A load to put on a server on this machine. It can be handed to another process as arguments. Immutable.
 *
 * @param path the method, such as {@code /jeton.v1.VerificationService/VerifyToken}
 * @param bearers tokens to present, one for each connection in turn; empty: none
 * @param messages a file of {@link Messages}
 * @param expectations what the answers must be like, by the number that each message has
 * @param once each message is sent once, in the file's order, and the load ends with the last; otherwise they are drawn at random
 * @param streams calls in flight on each connection, if the server lets them
 * @param rate calls per second in all, whatever becomes of them, their latency counted from when they were due; 0: a call follows
 *     another's answer
 */
public record LoadPlan(
        int port,
        String path,
        List<String> bearers,
        Path messages,
        List<Expectation> expectations,
        boolean once,
        int connections,
        int streams,
        double warmUpSeconds,
        double seconds,
        double rate) {

    /** One call at a time for ten seconds, of messages drawn at random; to be made more of. */
    public static LoadPlan of(
            int port, String path, List<String> bearers, Path messages, List<Expectation> expectations) {
        return new LoadPlan(port, path, bearers, messages, expectations, false, 1, 1, 0, 10, 0);
    }

    public LoadPlan eachOnce() {
        return new LoadPlan(
                port, path, bearers, messages, expectations, true, connections, streams, warmUpSeconds, seconds, rate);
    }

    public LoadPlan inFlight(int newConnections, int newStreams) {
        return new LoadPlan(
                port,
                path,
                bearers,
                messages,
                expectations,
                once,
                newConnections,
                newStreams,
                warmUpSeconds,
                seconds,
                rate);
    }

    public LoadPlan lasting(double newWarmUpSeconds, double newSeconds) {
        return new LoadPlan(
                port,
                path,
                bearers,
                messages,
                expectations,
                once,
                connections,
                streams,
                newWarmUpSeconds,
                newSeconds,
                rate);
    }

    public LoadPlan atRate(double callsPerSecond) {
        return new LoadPlan(
                port,
                path,
                bearers,
                messages,
                expectations,
                once,
                connections,
                streams,
                warmUpSeconds,
                seconds,
                callsPerSecond);
    }

    /** As {@link #parse} takes them. */
    public List<String> toArguments() {
        return Stream.of(
                        "port=" + port,
                        "path=" + path,
                        "messages=" + messages,
                        "expectations="
                                + expectations.stream()
                                        .map(Expectation::toString)
                                        .collect(Collectors.joining(",")),
                        "once=" + once,
                        "connections=" + connections,
                        "streams=" + streams,
                        "warm-up=" + warmUpSeconds,
                        "seconds=" + seconds,
                        "rate=" + rate)
                .toList();
    }

    /** @param bearers not among the arguments, which other users of the machine can see */
    static LoadPlan parse(String[] arguments, List<String> bearers) {
        Map<String, String> values = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        List<Expectation> expectations = new ArrayList<>();
        for (String expectation : values.get("expectations").split(",")) {
            expectations.add(Expectation.parse(expectation));
        }
        return new LoadPlan(
                Integer.parseInt(values.get("port")),
                values.get("path"),
                bearers,
                Path.of(values.get("messages")),
                expectations,
                Boolean.parseBoolean(values.get("once")),
                Integer.parseInt(values.get("connections")),
                Integer.parseInt(values.get("streams")),
                Double.parseDouble(values.get("warm-up")),
                Double.parseDouble(values.get("seconds")),
                Double.parseDouble(values.get("rate")));
    }
}
