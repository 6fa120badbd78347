package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.Verdict;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Answer CANCELLED = Answer.of(Verdict.VERDICT_CANCELLED);

    private final History history = new History(Answer.ALLOWED);

    @Test
    void eitherAnswerIsRightWhileTheChangeIsUnderWay() throws Exception {
        history.changing(CANCELLED);
        long one = ask();
        long other = ask();
        history.answered("A", one, Answer.ALLOWED);
        history.answered("B", other, CANCELLED);
        history.changed();

        assertThat(history.close()).isEmpty();
    }

    @Test
    void theOldAnswerIsWrongOnceTheNewOneIsAcknowledged() throws Exception {
        history.changing(CANCELLED);
        history.changed();
        history.answered("B", ask(), Answer.ALLOWED);

        assertThat(history.close())
                .singleElement()
                .asString()
                .startsWith("B answered VERDICT_ALLOWED")
                .contains("VERDICT_CANCELLED counted, acknowledged");
    }

    @Test
    void theOldAnswerIsRightIfItWasAskedForBefore() throws Exception {
        history.changing(CANCELLED);
        long before = ask();
        history.changed();
        history.answered("B", before, Answer.ALLOWED);

        assertThat(history.close()).isEmpty();
    }

    @Test
    void anAnswerIsWrongBeforeItsChangeIsAskedFor() throws Exception {
        history.answered("B", ask(), CANCELLED);
        history.changing(CANCELLED);
        history.changed();

        assertThat(history.close()).hasSize(1);
    }

    @Test
    void theOldAnswerIsWrongOnceSomebodyWasGivenTheNewOne() throws Exception {
        history.changing(CANCELLED);
        history.answered("A", ask(), CANCELLED);
        history.answered("B", ask(), Answer.ALLOWED);

        assertThat(history.close()).hasSize(1);
    }

    @Test
    void aChangeThatIsNeverAcknowledgedMayHaveHappenedOrNot() throws Exception {
        history.changing(CANCELLED);
        history.answered("A", ask(), Answer.ALLOWED);
        history.answered("A", ask(), CANCELLED);

        assertThat(history.close()).isEmpty();
    }

    @Test
    void callsWithoutAnAnswerAreWaitedForAndNotJudged() throws Exception {
        history.answered("A", ask(), null);

        assertThat(history.close()).isEmpty();
        assertThat(history.readings()).isZero();
        assertThat(history.ask()).isNull();
    }

    private long ask() {
        return Objects.requireNonNull(history.ask());
    }
}
