package dev.jeton.application.port.inbound;

/** What somebody must do from time to time. Thread-safe. */
public interface Housekeeping {

    /** Writes down which tokens were used since the last time; to be called at least every 60 s, and once at the end. */
    void recordUse();

    /** Forgets which tokens were deleted, which creates were done and what was changed, longer ago than that is kept. */
    void forgetTheOld();
}
