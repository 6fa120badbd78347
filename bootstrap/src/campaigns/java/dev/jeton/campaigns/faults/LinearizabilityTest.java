package dev.jeton.campaigns.faults;

import static dev.jeton.campaigns.faults.CallHistory.EXPIRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are in microseconds; unless stated otherwise, tokens expire after all of them. */
class LinearizabilityTest {
    private final CallHistory calls = new CallHistory();

    @Test
    void sequentialCallsAreExplained() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("ALLOWED", 2, 3);
        calls.done(TokenOperation.CANCEL, 4, 5);
        calls.verified("CANCELLED", 6, 7);
        calls.done(TokenOperation.REACTIVATE, 8, 9);
        calls.verified("ALLOWED", 10, 11);
        calls.done(TokenOperation.DELETE, 12, 13);
        calls.verified("NOT_FOUND", 14, 15);

        assertExplained();
    }

    @Test
    void anOldVerdictAfterAnAcknowledgedChangeIsNotExplained() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.verified("ALLOWED", 4, 5);

        assertNotExplained();
    }

    @Test
    void aFalseDenialIsNotExplained() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("NOT_FOUND", 2, 3);

        assertNotExplained();
    }

    @Test
    void eitherVerdictIsExplainedDuringAChange() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 9);
        calls.verified("ALLOWED", 3, 4);
        calls.verified("CANCELLED", 5, 6);

        assertExplained();
    }

    @Test
    void theOldVerdictAfterTheNewOneIsNotExplained() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 9);
        calls.verified("CANCELLED", 3, 4);
        calls.verified("ALLOWED", 5, 6);

        assertNotExplained();
    }

    @Test
    void anUnknownChangeMayHappenLater() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.unknown(TokenOperation.CANCEL, 2, 3);
        calls.verified("ALLOWED", 4, 5);
        calls.verified("CANCELLED", 6, 7);

        assertExplained();
    }

    @Test
    void anUnknownChangeMayNeverHappen() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.unknown(TokenOperation.DELETE, 2, 3);
        calls.verified("ALLOWED", 4, 5);

        assertExplained();
    }

    @Test
    void anUnknownChangeHappensOnce() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.unknown(TokenOperation.CANCEL, 2, 3);
        calls.verified("CANCELLED", 4, 5);
        calls.done(TokenOperation.REACTIVATE, 6, 7);
        calls.verified("CANCELLED", 8, 9);

        assertNotExplained();
    }

    @Test
    void anUnknownChangeDoesNotHappenBeforeItsRequest() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("CANCELLED", 2, 3);
        calls.unknown(TokenOperation.CANCEL, 4, 5);

        assertNotExplained();
    }

    @Test
    void aTokenExpiresByItself() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("ALLOWED", 2, 3);
        calls.verified("EXPIRED", EXPIRY + 1, EXPIRY + 2);
        calls.renewed("OK", 3 * EXPIRY, EXPIRY + 3, EXPIRY + 4);
        calls.verified("ALLOWED", 2 * EXPIRY, 2 * EXPIRY + 1);

        assertExplained();
    }

    @Test
    void aTokenThatHasExpiredIsNotAllowed() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("ALLOWED", 2 * EXPIRY, 2 * EXPIRY + 1);

        assertNotExplained();
    }

    @Test
    void aTokenDoesNotExpireBeforeItsTime() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("EXPIRED", 2, 3);

        assertNotExplained();
    }

    @Test
    void onlyARenewalOfACancelledTokenIsRefused() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.renewed("FAILED_PRECONDITION", 2 * EXPIRY, 4, 5);
        assertExplained();

        calls.done(TokenOperation.REACTIVATE, 6, 7);
        calls.renewed("FAILED_PRECONDITION", 2 * EXPIRY, 8, 9);
        assertNotExplained();
    }

    @Test
    void aRepeatedCreationReturnsTheFirstTokenOrNotFound() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CREATE, 2, 3);
        calls.done(TokenOperation.DELETE, 4, 5);
        calls.answered(TokenOperation.CREATE, "NOT_FOUND", 6, 7);
        assertExplained();

        calls.done(TokenOperation.CREATE, 8, 9);
        assertNotExplained();
    }

    @Test
    void theFinalStateMustBeReachable() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.unknown(TokenOperation.CANCEL, 2, 3);

        assertThat(Linearizability.explains(calls.all(), end -> end.phase() == TokenState.Phase.CANCELLED))
                .isTrue();
        assertThat(Linearizability.explains(calls.all(), end -> end.phase() == TokenState.Phase.ACTIVE))
                .isTrue();
        assertThat(Linearizability.explains(calls.all(), end -> end.phase() == TokenState.Phase.DELETED))
                .isFalse();
    }

    @Test
    void changesWithoutEffectAreNotCounted() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.done(TokenOperation.CANCEL, 4, 5);

        assertThat(Linearizability.explains(calls.all(), end -> end.changes().equals(List.of(1, 1, 0, 0, 0))))
                .isTrue();
        assertThat(Linearizability.explains(calls.all(), end -> end.changes().equals(List.of(1, 2, 0, 0, 0))))
                .isFalse();
    }

    private void assertExplained() {
        assertThat(Linearizability.explains(calls.all(), end -> true)).isTrue();
    }

    private void assertNotExplained() {
        assertThat(Linearizability.explains(calls.all(), end -> true)).isFalse();
    }
}
