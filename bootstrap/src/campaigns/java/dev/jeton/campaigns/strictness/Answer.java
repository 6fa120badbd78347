package dev.jeton.campaigns.strictness;

import dev.jeton.v1.Verdict;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;

/** The answer to a verification: a verdict, or the status that rejects the caller. Immutable. */
record Answer(String name) {
    static final Answer ALLOWED = of(Verdict.VERDICT_ALLOWED);

    private static final Set<Status.Code> UNKNOWN =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    static Answer of(Verdict verdict) {
        return new Answer(verdict.name());
    }

    static Answer of(Status.Code code) {
        return new Answer(code.name());
    }

    /** Whether this status leaves the outcome of a call unknown. */
    static boolean isUnknown(Status.Code code) {
        return UNKNOWN.contains(code);
    }
}
