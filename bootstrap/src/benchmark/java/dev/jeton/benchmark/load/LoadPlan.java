package dev.jeton.benchmark.load;

import java.io.Serializable;
import java.util.List;

/**
 * A load to put on a server on this machine. Immutable.
 *
 * @param path the method, such as {@code /jeton.v1.VerificationService/VerifyToken}
 * @param bearers tokens to present, one for each connection in turn; empty: none
 * @param messages a file of {@link Messages}
 * @param expectations of answers, by the number that each message has
 */
public record LoadPlan(
        int port, String path, List<String> bearers, String messages, List<Expectation> expectations, Traffic traffic)
        implements Serializable {

    /**
     * How many calls are made, and when.
     *
     * @param once each message is sent once, in the file's order, and the load ends with the last; otherwise they are drawn at random
     * @param streams calls in flight on each connection, if the server allows so many
     * @param rate calls per second in all; their latency counts from when they were due. 0: a call begins when another ends
     */
    public record Traffic(int connections, int streams, boolean once, double warmUpSeconds, double seconds, double rate)
            implements Serializable {

        /** Messages drawn at random, with a constant number of calls in flight. */
        public static Traffic inFlight(int connections, int streams, double warmUpSeconds, double seconds) {
            return new Traffic(connections, streams, false, warmUpSeconds, seconds, 0);
        }

        /** Each message once, for at most so many seconds. */
        public static Traffic once(int connections, int streams, double seconds) {
            return new Traffic(connections, streams, true, 0, seconds, 0);
        }

        /** The same for as long, but with calls that begin at a constant rate, however late the answers come. */
        public Traffic atRate(int mostStreams, double callsPerSecond) {
            return new Traffic(connections, mostStreams, once, warmUpSeconds, seconds, callsPerSecond);
        }
    }
}
