package dev.jeton.bootstrap.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Measures whether the machine was otherwise idle since this was created. Only then are time limits asserted. Immutable.
 */
public final class QuietMachine {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double OTHERS_MAX_CORES = 0.1;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private final long began = System.nanoTime();
    private final double othersBefore = others();

    /** The processor time that everything else took since this was created, in cores; NaN without /proc. */
    public double othersCores() {
        return Math.max(0, others() - othersBefore) / ((System.nanoTime() - began) / 1e9);
    }

    public boolean wasQuiet() {
        return isQuiet(othersCores());
    }

    /** Whether a machine is quiet if everything else takes {@code othersCores}. */
    public static boolean isQuiet(double othersCores) {
        return othersCores <= OTHERS_MAX_CORES;
    }

    private static double others() {
        return machineSeconds() - familySeconds(ProcessHandle.current()) - postgresSeconds();
    }

    /** The processor time of this build's PostgreSQLs, which pg_ctl detaches from the process that starts them. */
    private static double postgresSeconds() {
        String build = JetonProcess.TARGET.toAbsolutePath().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(build))
                .mapToDouble(process -> seconds(process) + endedChildrenSeconds(process))
                .sum();
    }

    /** The processor time of a process and its descendants, including ended ones, in seconds. */
    public static double familySeconds(ProcessHandle first) {
        return Stream.concat(Stream.of(first), first.descendants())
                .mapToDouble(process -> seconds(process) + endedChildrenSeconds(process))
                .sum();
    }

    /** The processor time of one process, in seconds. */
    public static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private static double endedChildrenSeconds(ProcessHandle parent) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(parent.pid()), "stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** The processor time of all processes and time stolen by the host, in seconds; NaN without /proc. */
    public static double machineSeconds() {
        try {
            String[] fields = Files.readAllLines(STAT).get(0).split("\\s+");
            long ticks = 0;
            for (int field = 1; field <= STEAL && field < fields.length; field++) {
                if (field != IDLE && field != IO_WAIT) {
                    ticks += Long.parseLong(fields[field]);
                }
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException noProc) {
            return Double.NaN;
        }
    }
}
