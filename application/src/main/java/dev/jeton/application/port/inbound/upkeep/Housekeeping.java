package dev.jeton.application.port.inbound.upkeep;

/** Periodic maintenance. Thread-safe. */
public interface Housekeeping {

    /**
     * Saves one batch of last-used times, small enough for the statement timeout. Call it until it returns false, which ends a round, and
     * start a round at least every 60 s. At shutdown, finish the current round and one more.
     *
     * @return whether the round has more tokens
     */
    boolean saveLastUsed();

    /** Deletes tombstones, request ids and change records that are past their retention. */
    void purgeExpired();
}
