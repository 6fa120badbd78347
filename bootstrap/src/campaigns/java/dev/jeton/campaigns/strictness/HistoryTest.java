package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.Verdict;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Answer CANCELLED = Answer.of(Verdict.VERDICT_CANCELLED);

    private final History history = new History(Answer.ALLOWED);

    @Test
    void eitherAnswerIsRightDuringTheChange() throws Exception {
        history.beginChange(CANCELLED);
        History.Call one = call("A");
        History.Call other = call("B");
        one.end(Answer.ALLOWED);
        other.end(CANCELLED);
        history.endChange();

        assertThat(history.close()).isEmpty();
        assertThat(history.answers()).isEqualTo(2);
    }

    @Test
    void theOldAnswerIsWrongAfterTheAcknowledgement() throws Exception {
        history.beginChange(CANCELLED);
        history.endChange();
        call("B").end(Answer.ALLOWED);

        assertThat(history.close())
                .singleElement()
                .asString()
                .startsWith("B answered VERDICT_ALLOWED")
                .contains("state was VERDICT_CANCELLED, acknowledged");
    }

    @Test
    void theOldAnswerIsRightForACallMadeBeforeTheAcknowledgement() throws Exception {
        history.beginChange(CANCELLED);
        History.Call before = call("B");
        history.endChange();
        before.end(Answer.ALLOWED);

        assertThat(history.close()).isEmpty();
    }

    @Test
    void theNewAnswerIsWrongBeforeTheChangeIsRequested() throws Exception {
        call("B").end(CANCELLED);
        history.beginChange(CANCELLED);
        history.endChange();

        assertThat(history.close()).hasSize(1);
    }

    @Test
    void theOldAnswerIsWrongOnceAnotherCallGotTheNewOne() throws Exception {
        history.beginChange(CANCELLED);
        call("A").end(CANCELLED);
        call("B").end(Answer.ALLOWED);

        assertThat(history.close()).hasSize(1);
    }

    @Test
    void aChangeThatIsNeverAcknowledgedMayTakeEffectOrNot() throws Exception {
        history.beginChange(CANCELLED);
        call("A").end(Answer.ALLOWED);
        call("A").end(CANCELLED);

        assertThat(history.close()).isEmpty();
    }

    @Test
    void aCallWithoutAnAnswerIsNotJudged() throws Exception {
        call("A").end(null);

        assertThat(history.close()).isEmpty();
        assertThat(history.answers()).isZero();
        assertThat(history.beginCall("A")).isEmpty();
    }

    private History.Call call(String replica) {
        return history.beginCall(replica).orElseThrow();
    }
}
