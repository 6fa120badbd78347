package dev.jeton.campaigns.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a token by the rules of the public contract. Expiry needs no change of state. Immutable.
 *
 * @param expiry in microseconds since 1970
 * @param changes how often each operation changed it, in the order of the operations
 */
record TokenState(Phase phase, long expiry, List<Integer> changes) {
    static final List<Integer> NO_CHANGES = Collections.nCopies(TokenOperation.values().length - 1, 0);
    static final TokenState ABSENT = new TokenState(Phase.ABSENT, 0, NO_CHANGES);

    /** Client and database read their clocks at different moments. */
    private static final long TOLERANCE_MICROS = 50_000;

    private static final String INVALID = "INVALID_ARGUMENT";
    private static final String NOT_FOUND = "NOT_FOUND";

    enum Phase {
        ABSENT,
        ACTIVE,
        CANCELLED,
        DELETED
    }

    /** The state after the call, or null if this state does not explain the answer. */
    @Nullable TokenState after(Call call) {
        String answer = call.answer();
        boolean refusedExpiry = answer.equals(INVALID);
        return switch (call.operation()) {
            case VERIFY -> explainsVerdict(call) ? this : null;
            case CREATE -> {
                if (phase == Phase.ABSENT) {
                    yield refusedExpiry && expiresBeforeEndOf(call) ? this : doneIf(Call.OK, call);
                }
                yield answer.equals(exists() ? Call.OK : NOT_FOUND) ? this : null;
            }
            case RENEW -> {
                if (!exists()) {
                    yield answer.equals(NOT_FOUND) ? this : null;
                }
                if (phase == Phase.CANCELLED) {
                    yield answer.equals("FAILED_PRECONDITION") ? this : null;
                }
                if (refusedExpiry) {
                    yield call.expiry() < expiry || expiresBeforeEndOf(call) ? this : null;
                }
                yield call.expiry() < expiry ? null : doneIf(Call.OK, call);
            }
            case DELETE -> phase == Phase.ABSENT ? null : doneIf(Call.OK, call);
            case CANCEL, REACTIVATE -> exists() ? doneIf(Call.OK, call) : answer.equals(NOT_FOUND) ? this : null;
        };
    }

    /** The state after the call; this state if the call changes nothing. */
    TokenState done(Call call) {
        return switch (call.operation()) {
            case CREATE -> phase == Phase.ABSENT ? next(Phase.ACTIVE, call.expiry(), call) : this;
            case CANCEL -> phase == Phase.ACTIVE ? next(Phase.CANCELLED, expiry, call) : this;
            case REACTIVATE -> phase == Phase.CANCELLED ? next(Phase.ACTIVE, expiry, call) : this;
            case RENEW ->
                phase == Phase.ACTIVE && call.expiry() > expiry ? next(Phase.ACTIVE, call.expiry(), call) : this;
            case DELETE -> exists() ? next(Phase.DELETED, 0, call) : this;
            case VERIFY -> this;
        };
    }

    boolean exists() {
        return phase == Phase.ACTIVE || phase == Phase.CANCELLED;
    }

    private boolean explainsVerdict(Call call) {
        return switch (call.answer()) {
            case "ALLOWED" -> phase == Phase.ACTIVE && expiry > call.started() - TOLERANCE_MICROS;
            case "EXPIRED" -> phase == Phase.ACTIVE && expiry < call.ended() + TOLERANCE_MICROS;
            case "CANCELLED" -> phase == Phase.CANCELLED;
            case NOT_FOUND -> !exists();
            default -> false;
        };
    }

    private @Nullable TokenState doneIf(String expected, Call call) {
        return call.answer().equals(expected) ? done(call) : null;
    }

    private static boolean expiresBeforeEndOf(Call call) {
        return call.expiry() < call.ended() + TOLERANCE_MICROS;
    }

    private TokenState next(Phase to, long until, Call by) {
        List<Integer> counted = new ArrayList<>(changes);
        counted.set(by.operation().ordinal(), counted.get(by.operation().ordinal()) + 1);
        return new TokenState(to, until, List.copyOf(counted));
    }
}
