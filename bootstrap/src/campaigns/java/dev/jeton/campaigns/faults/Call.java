package dev.jeton.campaigns.faults;

import java.util.Set;

/**
 * One call and its answer. Immutable.
 *
 * @param label of the token that it is about: its name and the request id of its creation, so that it is known whatever was answered
 * @param server which one was asked
 * @param asked when, in microseconds since 1970; so are all times here
 * @param answered when it was answered
 * @param patience the caller's own deadline, in microseconds
 * @param answer a verdict without its prefix if the call was a verification that was answered, otherwise the status
 * @param expiry what a create or renewal asks for
 * @param tokenId what a create was answered with; empty: nothing
 */
record Call(
        String label,
        int server,
        Deed deed,
        long asked,
        long answered,
        long patience,
        String answer,
        long expiry,
        String tokenId) {
    static final String OK = "OK";

    /** The status CANCELLED, which is no verdict: the connection has ended. */
    static final String CUT_OFF = "CUT_OFF";

    private static final Set<String> UNKNOWN = Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED", CUT_OFF);

    /** Whether nobody was told what came of it, which then may happen at any later time, or never. */
    boolean isUnknown() {
        return UNKNOWN.contains(answer);
    }

    boolean isDoneChange() {
        return deed.isChange() && answer.equals(OK);
    }

    /** When it had happened, if it has. */
    long over() {
        return isUnknown() ? Long.MAX_VALUE : answered;
    }

    String toLine() {
        return String.join(
                "\t",
                "call",
                label,
                Integer.toString(server),
                deed.name(),
                Long.toString(asked),
                Long.toString(answered),
                Long.toString(patience),
                answer,
                Long.toString(expiry),
                tokenId);
    }

    static Call ofLine(String line) {
        String[] parts = line.split("\t", -1);
        return new Call(
                parts[1],
                Integer.parseInt(parts[2]),
                Deed.valueOf(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]),
                parts[7],
                Long.parseLong(parts[8]),
                parts[9]);
    }
}
