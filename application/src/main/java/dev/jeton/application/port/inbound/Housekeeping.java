package dev.jeton.application.port.inbound;

/** What somebody must do from time to time. Thread-safe. */
public interface Housekeeping {

    /**
     * Writes down when some of the tokens were last used, so many that it takes no longer than a statement may. To be called until all of
     * them have had their turn, in rounds that are less than 60 s apart, and to the end of the round after
     * the present one when no more uses come.
     *
     * @return whether others are still to have their turn in this round
     */
    boolean recordUse();

    /** Forgets which tokens were deleted, which creates were done and what was changed, longer ago than that is kept. */
    void forgetTheOld();
}
