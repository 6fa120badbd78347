package dev.jeton.campaigns.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link FailoverDrill}, which {@link Failover} has a long one of. */
class FailoverIT {
    @TempDir
    private static Path directory;

    private static Path template;

    @BeforeAll
    static void makeTemplate() {
        template = ReplicatedDatabase.template(directory.resolve("template"));
    }

    @Test
    void aSynchronousStandbyHasAllThatWasAcknowledged() throws Exception {
        FailoverDrill.Outcome outcome = run(FailoverDrill.Kind.FENCED);

        assertThat(outcome.whileStopped()).isPositive();
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.loss()).isEqualTo(Ledger.Loss.NONE);
    }

    /** Otherwise the other test would say nothing; and why the old primary must be dead first. */
    @Test
    void anOldPrimaryThatStillAnswersIsCaught() throws Exception {
        assertThat(run(FailoverDrill.Kind.UNFENCED).violations()).anyMatch(line -> line.startsWith("B answered"));
    }

    private static FailoverDrill.Outcome run(FailoverDrill.Kind kind) throws Exception {
        FailoverDrill.Outcome outcome =
                new FailoverDrill(kind, template, new SplittableRandom()).run(directory.resolve(kind.name()));
        System.out.print(outcome);
        return outcome;
    }
}
