package dev.jeton.campaigns.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.campaigns.faults.State.Phase;
import dev.jeton.campaigns.faults.Violation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
    private final Calls calls = new Calls();

    @Test
    void whatIsThereAndWrittenDownIsInOrder() {
        calls.done(Deed.CREATE, 0, 1);
        calls.done(Deed.CANCEL, 2, 3);
        calls.unknown(Deed.REACTIVATE, 4, 5);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 1, 0, 0, 0))).isEmpty();
        assertThat(judge(found(Phase.ACTIVE, 3, 1, 1, 1, 0, 0))).isEmpty();
    }

    @Test
    void whatNobodyKnowsOfMayNeverHaveBeen() {
        calls.unknown(Deed.CREATE, 0, 1);

        assertThat(judge()).isEmpty();
    }

    @Test
    void anAcknowledgedCreationThatIsNotThereIsLost() {
        calls.done(Deed.CREATE, 0, 1);

        assertThat(judge()).containsExactly(Kind.LOST);
    }

    @Test
    void anAcknowledgedCancellationThatIsNotThereIsLost() {
        calls.done(Deed.CREATE, 0, 1);
        calls.done(Deed.CANCEL, 2, 3);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.LOST);
    }

    @Test
    void allowedAfterARevocationIsRevived() {
        calls.done(Deed.CREATE, 0, 1);
        calls.done(Deed.CANCEL, 2, 3);
        calls.verified("ALLOWED", 4, 5);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 1, 0, 0, 0))).containsExactly(Kind.REVIVED);
    }

    @Test
    void allowedAfterARevocationMayBeAReactivation() {
        calls.done(Deed.CREATE, 0, 1);
        calls.unknown(Deed.REACTIVATE, 2, 3);
        calls.done(Deed.CANCEL, 4, 5);
        calls.verified("ALLOWED", 6, 7);

        assertThat(judge(found(Phase.ACTIVE, 3, 1, 1, 1, 0, 0))).isEmpty();
    }

    @Test
    void anEventTooFewOrTooManyIsUnaudited() {
        calls.done(Deed.CREATE, 0, 1);
        calls.done(Deed.CANCEL, 2, 3);

        assertThat(judge(found(Phase.CANCELLED, 2, 1, 0, 0, 0, 0))).containsExactly(Kind.UNAUDITED);
        assertThat(judge(found(Phase.CANCELLED, 2, 1, 2, 0, 0, 0))).containsExactly(Kind.UNAUDITED);
    }

    @Test
    void aChangeThatIsNotThereIsLostThoughALaterOneHidesIt() {
        calls.done(Deed.CREATE, 0, 1);
        calls.done(Deed.CANCEL, 2, 3);
        calls.done(Deed.REACTIVATE, 4, 5);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.LOST);
    }

    @Test
    void twoTokensForOneRequestIdAreRepeated() {
        calls.done(Deed.CREATE, 0, 1);
        calls.created("0192d3a4-0000-7000-8000-000000000002", Deed.CREATE, Call.OK, 2, 3);

        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.REPEATED);
    }

    @Test
    void aDenialAndADefectAreWrong() {
        calls.done(Deed.CREATE, 0, 1);
        calls.verified("NOT_FOUND", 2, 3);
        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.WRONG);

        calls.verified("UNAUTHENTICATED", 4, 5);
        assertThat(judge(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0))).containsExactly(Kind.WRONG);
    }

    @Test
    void whatWasWrittenIsReadAsItWas(@TempDir Path directory) throws IOException {
        calls.done(Deed.CREATE, 0, 1);
        calls.unknown(Deed.CANCEL, 2, 3);
        Account account = new Account(calls.all(), List.of(found(Phase.ACTIVE, 1, 1, 0, 0, 0, 0), Found.NOTHING));

        account.write(directory.resolve("history"));

        assertThat(Account.read(directory.resolve("history"))).isEqualTo(account);
    }

    private List<Kind> judge(Found... found) {
        return Judge.judge(new Account(calls.all(), List.of(found))).stream()
                .map(Violation::kind)
                .toList();
    }

    private static Found found(Phase phase, long version, Integer... events) {
        return new Found(Calls.LABEL, List.of(Calls.ID), phase, Calls.EXPIRY, version, List.of(events));
    }
}
