package dev.jeton.campaigns.faults;

import java.util.Set;

/**
 * One call and its answer. Immutable.
 *
 * @param label identifies the token even if its creation was never answered; it is the token's name and the request id of its creation
 * @param server the index of the server that was called
 * @param started in microseconds since 1970, like all times here
 * @param answer the verdict without its prefix for a verification, otherwise the status
 * @param expiry the expiry requested by a create or renewal
 * @param tokenId the id returned by a create, or empty
 */
record Call(
        String label,
        int server,
        TokenOperation operation,
        long started,
        long ended,
        String answer,
        long expiry,
        String tokenId) {
    static final String OK = "OK";

    /** The status CANCELLED, as opposed to the verdict: the connection was lost. */
    static final String CONNECTION_LOST = "CONNECTION_LOST";

    private static final Set<String> UNKNOWN = Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED", CONNECTION_LOST);

    /** Whether the outcome is unknown: the operation may take effect at any time after its start, or never. */
    boolean isUnknown() {
        return UNKNOWN.contains(answer);
    }

    boolean isAcknowledgedChange() {
        return operation.isChange() && answer.equals(OK);
    }

    boolean isAcknowledged(TokenOperation wanted) {
        return operation == wanted && isAcknowledgedChange();
    }

    /** The latest time at which it may have taken effect. */
    long latestEffect() {
        return isUnknown() ? Long.MAX_VALUE : ended;
    }
}
