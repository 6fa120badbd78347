package dev.jeton.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked for ten times as much as it can do. */
class OverloadIT {
    private static final boolean QUIET = Boolean.getBoolean("jeton.quietMachine");

    /** Of what was done without overload; on a machine that others use too the two cannot be compared closely. */
    private static final double GOODPUT = QUIET ? 0.8 : 0.2;

    /** Soon full, though a young server on a busy machine may read a few dozen calls a second only. */
    private static final String QUEUE = "--management-queue=48";

    @TempDir
    private Path directory;

    @Test
    void shedsTheRestAndTakesAccessAwayAllTheSame() throws Exception {
        try (JetonServer server = JetonServer.start(directory.resolve("data"), List.of(), QUEUE)) {
            Overload.Outcome outcome = new Overload(server, directory.resolve("request")).run(2, 4);

            System.out.println(outcome);
            assertThat(outcome.overloaded().report().wrong()).isZero();
            assertThat(outcome.overloaded().report().refused()).as("shed").isPositive();
            assertThat(outcome.goodput()).isGreaterThan(GOODPUT);
            assertThat(outcome.revocations()).isGreaterThan(50);
            assertThat(outcome.answeredRevocations()).isGreaterThanOrEqualTo(0.99);
        }
    }
}
