package dev.jeton.campaigns.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token is at a moment, by the rules of the public contract. Expired is what it becomes by itself. Immutable.
 *
 * @param expiry in microseconds since 1970
 * @param changes how often each deed has changed it, in their order
 */
record State(Phase phase, long expiry, List<Integer> changes) {
    static final State ABSENT = new State(Phase.ABSENT, 0, Collections.nCopies(Deed.values().length - 1, 0));

    /** Two clocks may be read between two others. */
    private static final long TOLERANCE_MICROS = 50_000;

    private static final String INVALID = "INVALID_ARGUMENT";
    private static final String NOT_FOUND = "NOT_FOUND";

    enum Phase {
        ABSENT,
        ACTIVE,
        CANCELLED,
        DELETED
    }

    /** What it is after the call was answered as it was; null: such a token cannot have answered so. */
    @Nullable State after(Call call) {
        String answer = call.answer();
        boolean refusedForItsTime = answer.equals(INVALID);
        return switch (call.deed()) {
            case VERIFY -> allows(call) ? this : null;
            case CREATE -> {
                if (phase == Phase.ABSENT) {
                    yield refusedForItsTime && comesBeforeEndOf(call) ? this : doneIf(Call.OK, call);
                }
                yield answer.equals(isThere() ? Call.OK : NOT_FOUND) ? this : null;
            }
            case RENEW -> {
                if (!isThere()) {
                    yield answer.equals(NOT_FOUND) ? this : null;
                }
                if (phase == Phase.CANCELLED) {
                    yield answer.equals("FAILED_PRECONDITION") ? this : null;
                }
                if (refusedForItsTime) {
                    yield call.expiry() < expiry || comesBeforeEndOf(call) ? this : null;
                }
                yield call.expiry() < expiry ? null : doneIf(Call.OK, call);
            }
            case DELETE -> phase == Phase.ABSENT ? null : doneIf(Call.OK, call);
            case CANCEL, REACTIVATE -> isThere() ? doneIf(Call.OK, call) : answer.equals(NOT_FOUND) ? this : null;
        };
    }

    /** What it is if the call did what it was to do; the same if it makes no difference. */
    State done(Call call) {
        return switch (call.deed()) {
            case CREATE -> phase == Phase.ABSENT ? next(Phase.ACTIVE, call.expiry(), call) : this;
            case CANCEL -> phase == Phase.ACTIVE ? next(Phase.CANCELLED, expiry, call) : this;
            case REACTIVATE -> phase == Phase.CANCELLED ? next(Phase.ACTIVE, expiry, call) : this;
            case RENEW ->
                phase == Phase.ACTIVE && call.expiry() > expiry ? next(Phase.ACTIVE, call.expiry(), call) : this;
            case DELETE -> isThere() ? next(Phase.DELETED, 0, call) : this;
            case VERIFY -> this;
        };
    }

    boolean isThere() {
        return phase == Phase.ACTIVE || phase == Phase.CANCELLED;
    }

    private boolean allows(Call call) {
        return switch (call.answer()) {
            case "ALLOWED" -> phase == Phase.ACTIVE && expiry > call.asked() - TOLERANCE_MICROS;
            case "EXPIRED" -> phase == Phase.ACTIVE && expiry < call.answered() + TOLERANCE_MICROS;
            case "CANCELLED" -> phase == Phase.CANCELLED;
            case NOT_FOUND -> !isThere();
            default -> false;
        };
    }

    private @Nullable State doneIf(String expected, Call call) {
        return call.answer().equals(expected) ? done(call) : null;
    }

    private static boolean comesBeforeEndOf(Call call) {
        return call.expiry() < call.answered() + TOLERANCE_MICROS;
    }

    private State next(Phase to, long until, Call by) {
        List<Integer> counted = new ArrayList<>(changes);
        counted.set(by.deed().ordinal(), counted.get(by.deed().ordinal()) + 1);
        return new State(to, until, List.copyOf(counted));
    }
}
