package dev.jeton.campaigns.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.campaigns.faults.BrokenPromise.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Failover to a synchronous standby, and two wrong ways to do it. One server is paused during each failover. */
@Tag("G3")
class FailoverIT {
    private static final int ROUNDS = Form.pick(1, 2, 20);
    private static final Experiment.Size SIZE = new Experiment.Size(100, 0);
    private static final SplittableRandom RANDOM = new SplittableRandom(Form.seed(7));

    @TempDir
    private static Path directory;

    @Test
    void synchronousStandbyHasEveryAcknowledgedChange() throws Exception {
        for (Outcome outcome : run(Fault.FAILOVER, true)) {
            assertThat(outcome.cancelledBefore()).isPositive();
            assertThat(outcome.violations()).as(outcome.toString()).isEmpty();
        }
    }

    @Test
    @EnabledIf("isNoSmoke")
    void catchesAnOldPrimaryThatStillAnswers() throws Exception {
        for (Outcome outcome : run(Fault.FAILOVER_WITHOUT_FENCING, true)) {
            assertThat(outcome.violations())
                    .as(outcome.toString())
                    .anyMatch(violation -> violation.kind() == Kind.REVIVED || violation.kind() == Kind.WRONG);
        }
    }

    @Test
    @EnabledIf("isNoSmoke")
    void catchesAnAsynchronousStandbyThatIsBehind() throws Exception {
        for (Outcome outcome : run(Fault.FAILOVER_TO_LAGGING_STANDBY, false)) {
            assertThat(outcome.violations()).as(outcome.toString()).isNotEmpty();
        }
    }

    /** Loses changes only by chance, so it asserts nothing. */
    @Test
    void measuresAnAsynchronousStandbyThatIsCloseBehind() throws Exception {
        assumeTrue(Form.current() == Form.LONG, "Only in the long form");
        assertThat(run(Fault.FAILOVER, false)).hasSize(ROUNDS);
    }

    /** The smoke form has no wrong failover, because JudgeTest proves that each kind of broken promise is found. */
    static boolean isNoSmoke() {
        return Form.current() != Form.SMOKE;
    }

    private static List<Outcome> run(Fault fault, boolean synchronous) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path place = Files.createTempDirectory(directory, fault + "-");
            try (Replication replication = Replication.start(place, synchronous);
                    TestBed testBed = TestBed.start(place, replication)) {
                Outcome outcome = Experiment.run(testBed, fault, SIZE, RANDOM.split());
                System.out.println(outcome);
                if (fault == Fault.FAILOVER
                        && synchronous
                        && !outcome.violations().isEmpty()) {
                    System.out.println("All calls are in " + outcome.write(JetonProcess.TARGET.resolve("faults")));
                }
                outcomes.add(outcome);
            }
            FileTree.delete(place);
        }
        addResult(fault, synchronous, outcomes);
        return outcomes;
    }

    private static void addResult(Fault fault, boolean synchronous, List<Outcome> outcomes) {
        List<Call> calls =
                outcomes.stream().flatMap(outcome -> outcome.calls().stream()).toList();
        Results.add(
                "G3",
                "%s, %s standby".formatted(fault, synchronous ? "synchronous" : "asynchronous"),
                "%d failovers: %,d tokens created, %,d cancelled, %,d of them while a server was stopped, %,d verified; promoted within %d ms, served %d ms later; %,d lost, %,d revived, %,d violations"
                        .formatted(
                                outcomes.size(),
                                count(calls, TokenOperation.CREATE),
                                count(calls, TokenOperation.CANCEL),
                                outcomes.stream()
                                        .mapToLong(Outcome::cancelledBefore)
                                        .sum(),
                                calls.stream()
                                        .filter(call -> call.operation() == TokenOperation.VERIFY && !call.isUnknown())
                                        .count(),
                                outcomes.stream()
                                        .mapToLong(outcome -> outcome.lasted().toMillis())
                                        .max()
                                        .orElse(0),
                                outcomes.stream()
                                        .mapToLong(
                                                outcome -> outcome.servedAfter().toMillis())
                                        .max()
                                        .orElse(0),
                                count(outcomes, Kind.LOST),
                                count(outcomes, Kind.REVIVED),
                                outcomes.stream()
                                        .mapToLong(
                                                outcome -> outcome.violations().size())
                                        .sum()));
    }

    private static long count(List<Call> calls, TokenOperation operation) {
        return calls.stream().filter(call -> call.isAcknowledged(operation)).count();
    }

    private static long count(List<Outcome> outcomes, Kind kind) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.violations().stream())
                .filter(violation -> violation.kind() == kind)
                .count();
    }
}
