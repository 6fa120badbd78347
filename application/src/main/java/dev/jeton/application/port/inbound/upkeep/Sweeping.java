package dev.jeton.application.port.inbound.upkeep;

/**
 * Removes what is left of deleted users, workloads and tenants that were too large to remove in one call. Nothing that is left is visible, so
 * sweeping changes no answer. Thread-safe; replicas may sweep at the same time.
 */
public interface Sweeping {

    /**
     * Removes a slice of one deleted resource in one transaction, with an audit event each. If the process dies, the slice is removed by the
     * next call, on any replica. Call it until it returns false, and start again within a second. Fails with DATABASE_UNAVAILABLE if the
     * store does not answer.
     *
     * @return whether there was something to sweep that no other replica is sweeping
     */
    boolean sweepSlice();
}
