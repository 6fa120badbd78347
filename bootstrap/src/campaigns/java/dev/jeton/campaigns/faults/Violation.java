package dev.jeton.campaigns.faults;

/** One promise that was not kept. Immutable. */
record Violation(Kind kind, String text) {

    enum Kind {
        /** Allowed after a revocation was acknowledged. */
        REVIVED,
        /** Acknowledged, and not in the database. */
        LOST,
        /** Had two effects for one request id. */
        REPEATED,
        /** Not as many events as changes. */
        UNAUDITED,
        /** Answered with what was not so, or what no client should see. */
        WRONG,
        /** Too late, or not at all. */
        LATE,
        /** More threads than before, or more connections than the pools hold, remained. */
        LEAKED
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
