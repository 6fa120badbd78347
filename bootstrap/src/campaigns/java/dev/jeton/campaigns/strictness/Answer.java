package dev.jeton.campaigns.strictness;

import dev.jeton.v1.Verdict;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;

/** How a verification was answered: with a verdict, or with a status that refuses its caller. Immutable. */
record Answer(String name) {
    static final Answer ALLOWED = of(Verdict.VERDICT_ALLOWED);

    private static final Set<Status.Code> UNANSWERED =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    static Answer of(Verdict verdict) {
        return new Answer(verdict.name());
    }

    static Answer of(Status.Code code) {
        return new Answer(code.name());
    }

    /** Whether a call that failed so was told nothing about its token. */
    static boolean isNone(Status.Code code) {
        return UNANSWERED.contains(code);
    }
}
