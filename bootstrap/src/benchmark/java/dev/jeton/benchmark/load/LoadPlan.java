package dev.jeton.benchmark.load;

import java.io.Serializable;
import java.util.List;

/**
 * A load to put on a server on this machine. Immutable.
 *
 * @param path the method, such as {@code /jeton.v1.VerificationService/VerifyToken}
 * @param bearers tokens to present, assigned to the connections in turn; empty: none
 * @param messages a file of {@link Messages}
 * @param expectations of answers, indexed by the number of each message
 */
public record LoadPlan(
        int port, String path, List<String> bearers, String messages, List<Expectation> expectations, Traffic traffic)
        implements Serializable {

    /**
     * The number and timing of calls.
     *
     * @param once whether each message is sent once, in file order, until the last; otherwise they are drawn at random
     * @param streams calls in flight per connection, if the server allows
     * @param rate calls per second in all, with latency measured from when a call was due; 0: a call begins when another ends
     */
    public record Traffic(int connections, int streams, boolean once, double warmUpSeconds, double seconds, double rate)
            implements Serializable {

        /** Messages drawn at random, with a constant number of calls in flight. */
        public static Traffic inFlight(int connections, int streams, double warmUpSeconds, double seconds) {
            return new Traffic(connections, streams, false, warmUpSeconds, seconds, 0);
        }

        /** Each message once, for at most {@code seconds}. */
        public static Traffic once(int connections, int streams, double seconds) {
            return new Traffic(connections, streams, true, 0, seconds, 0);
        }

        /** The same for as long, but with calls that start at a constant rate, regardless of how late the answers are. */
        public Traffic atRate(int mostStreams, double callsPerSecond) {
            return new Traffic(connections, mostStreams, once, warmUpSeconds, seconds, callsPerSecond);
        }
    }
}
