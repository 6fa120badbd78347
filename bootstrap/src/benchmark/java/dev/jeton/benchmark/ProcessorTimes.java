package dev.jeton.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Seconds of processor time up to a moment. Immutable.
 *
 * @param machine of everything that runs on the machine, and of what its host took away from it; NaN where there is no /proc
 */
record ProcessorTimes(double at, double server, double postgres, double self, double machine) {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    /** @param postgres the first of its processes; empty: it is not asked for */
    static ProcessorTimes now(ProcessHandle server, Optional<ProcessHandle> postgres) {
        return new ProcessorTimes(
                System.nanoTime() / 1e9,
                seconds(server),
                postgres.map(ProcessorTimes::familySeconds).orElse(0.0),
                seconds(ProcessHandle.current()),
                machineSeconds());
    }

    ProcessorTimes since(ProcessorTimes earlier) {
        return new ProcessorTimes(
                at - earlier.at,
                server - earlier.server,
                postgres - earlier.postgres,
                self - earlier.self,
                machine - earlier.machine);
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** With its descendants, those included that have ended. */
    private static double familySeconds(ProcessHandle first) {
        double living = Stream.concat(Stream.of(first), first.descendants())
                .mapToDouble(ProcessorTimes::seconds)
                .sum();
        return living + endedChildrenSeconds(first);
    }

    private static double endedChildrenSeconds(ProcessHandle parent) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(parent.pid()), "stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS_PER_SECOND;
        } catch (IOException notToldHere) {
            return 0;
        }
    }

    private static double machineSeconds() {
        if (!Files.isReadable(MACHINE)) {
            return Double.NaN;
        }
        try {
            String[] fields = Files.readAllLines(MACHINE).get(0).split("\\s+");
            long ticks = 0;
            for (int field = 1; field <= STEAL && field < fields.length; field++) {
                if (field != IDLE && field != IO_WAIT) {
                    ticks += Long.parseLong(fields[field]);
                }
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
