package dev.jeton.campaigns.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.campaigns.faults.BrokenPromise.Kind;
import dev.jeton.campaigns.faults.TokenState.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final CallHistory calls = new CallHistory();

    @Test
    void acceptsStoredAndAuditedChanges() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.unknown(TokenOperation.REACTIVATE, 4, 5);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 1, 0, 0, 0))).isEmpty();
        assertThat(judge(found(Phase.ACTIVE, 3, 1, 1, 1, 0, 0))).isEmpty();
    }

    @Test
    void anUnknownCreationMayNotHaveHappened() {
        calls.unknown(TokenOperation.CREATE, 0, 1);

        assertThat(judge()).isEmpty();
    }

    @Test
    void aMissingAcknowledgedCreationIsLost() {
        calls.done(TokenOperation.CREATE, 0, 1);

        assertThat(judge()).containsExactly(Kind.LOST);
    }

    @Test
    void aMissingAcknowledgedCancellationIsLost() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.LOST);
    }

    @Test
    void aTokenAllowedAfterRevocationIsRevived() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.verified("ALLOWED", 4, 5);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 1, 0, 0, 0))).containsExactly(Kind.REVIVED);
    }

    @Test
    void anUnknownReactivationExplainsAllowedAfterRevocation() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.unknown(TokenOperation.REACTIVATE, 2, 3);
        calls.done(TokenOperation.CANCEL, 4, 5);
        calls.verified("ALLOWED", 6, 7);

        assertThat(judge(found(Phase.ACTIVE, 3, 1, 1, 1, 0, 0))).isEmpty();
    }

    @Test
    void aMissingOrExtraEventIsUnaudited() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 0, 0, 0, 0))).containsExactly(Kind.UNAUDITED);
        assertThat(judge(found(Phase.CANCELLED, 2, 1, 2, 0, 0, 0))).containsExactly(Kind.UNAUDITED);
    }

    @Test
    void aMissingChangeIsLostEvenIfALaterOneHidesIt() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.done(TokenOperation.CANCEL, 2, 3);
        calls.done(TokenOperation.REACTIVATE, 4, 5);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.LOST);
    }

    @Test
    void twoTokensForOneRequestIdAreARepetition() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.created("0192d3a4-0000-7000-8000-000000000002", TokenOperation.CREATE, Call.OK, 2, 3);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.REPEATED);
    }

    @Test
    void aFalseDenialAndAFalseRejectionAreWrong() {
        calls.done(TokenOperation.CREATE, 0, 1);
        calls.verified("NOT_FOUND", 2, 3);
        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.WRONG);

        calls.verified("UNAUTHENTICATED", 4, 5);
        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.WRONG);
    }

    private List<Kind> judge(StoredToken... found) {
        return Judge.judge(calls.all(), List.of(found)).stream()
                .map(BrokenPromise::kind)
                .toList();
    }

    private static StoredToken found(Phase phase, long version, Integer... events) {
        return new StoredToken(
                CallHistory.LABEL, List.of(CallHistory.ID), phase, CallHistory.EXPIRY, version, List.of(events));
    }
}
