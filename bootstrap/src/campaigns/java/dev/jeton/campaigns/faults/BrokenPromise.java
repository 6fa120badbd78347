package dev.jeton.campaigns.faults;

/** A broken promise. Immutable. */
record BrokenPromise(Kind kind, String text) {

    enum Kind {
        /** A token was allowed after its revocation was acknowledged. */
        REVIVED,
        /** An acknowledged change is not in the database. */
        LOST,
        /** One request id had two effects. */
        REPEATED,
        /** The number of audit events differs from the number of changes. */
        UNAUDITED,
        /** An answer that no state of the token explains, or that must not occur. */
        WRONG,
        /** An answer, or the recovery, came too late or not at all. */
        LATE,
        /** More threads than before remain, or more connections than the pools hold. */
        LEAKED
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
