package dev.jeton.bootstrap.benchmark;

import java.time.Duration;
import java.util.stream.Stream;

/** How much of the processors something takes between two moments. Not thread-safe. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** What these have taken since they began, as far as the system tells. */
    static double seconds(Stream<ProcessHandle> processes) {
        return processes
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e9;
    }
}
