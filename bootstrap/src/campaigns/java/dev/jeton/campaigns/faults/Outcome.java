package dev.jeton.campaigns.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of one experiment. Immutable.
 *
 * @param acknowledged changes
 * @param cancelledBefore cancellations acknowledged while a server was paused, before its primary failed over
 * @param unknown calls with an unknown outcome
 * @param cuts commits whose connection was cut
 * @param longest the longest call
 * @param lasted from the start to the end of the fault, including a promotion
 * @param servedAfter from the fault's end until the servers had changed and verified again
 * @param othersCores the processor time of other processes, in cores
 * @param timesJudged whether the promised times were asserted instead of generous ones
 * @param violations the worst first
 */
record Outcome(
        Fault fault,
        List<Call> calls,
        List<StoredToken> stored,
        long acknowledged,
        long cancelledBefore,
        long unknown,
        long cuts,
        Duration longest,
        Duration lasted,
        Duration servedAfter,
        double othersCores,
        boolean timesJudged,
        List<BrokenPromise> violations) {

    /** Whether times were missed and everything else was right. */
    boolean isOnlyLate() {
        return !violations.isEmpty()
                && violations.stream().allMatch(violation -> violation.kind() == BrokenPromise.Kind.LATE);
    }

    /** Drops the calls to save memory. */
    Outcome withoutCalls() {
        return new Outcome(
                fault,
                List.of(),
                List.of(),
                acknowledged,
                cancelledBefore,
                unknown,
                cuts,
                longest,
                lasted,
                servedAfter,
                othersCores,
                timesJudged,
                violations);
    }

    /** Writes all calls and stored tokens to a file, one per line, and returns it. */
    Path write(Path directory) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(directory), fault + "-", ".history");
        return Files.write(
                file,
                Stream.of(violations, calls, stored)
                        .flatMap(List::stream)
                        .map(Object::toString)
                        .toList());
    }

    @Override
    public String toString() {
        return "%s: %d calls, %d changes acknowledged, %d unknown, %d commits cut; longest call %d ms, fault %d ms, served after %d ms (others took %.2f cores, times %s); %d violations%s"
                .formatted(
                        fault,
                        calls.size(),
                        acknowledged,
                        unknown,
                        cuts,
                        longest.toMillis(),
                        lasted.toMillis(),
                        servedAfter.toMillis(),
                        othersCores,
                        timesJudged ? "judged" : "not judged",
                        violations.size(),
                        violations.isEmpty() ? "" : ", such as " + violations.get(0));
    }
}
