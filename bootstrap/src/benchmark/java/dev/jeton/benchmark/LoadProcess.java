package dev.jeton.benchmark;

import dev.jeton.benchmark.load.LoadMain;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadReport;
import dev.jeton.bootstrap.support.JavaProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the load generator in its own process and measures processor use meanwhile. */
final class LoadProcess {
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xms256m");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private LoadProcess() {}

    /** @throws IllegalStateException if any answer was not as expected, which makes the figures worthless */
    static Measured run(LoadPlan plan, ProcessHandle server, Optional<ProcessHandle> postgres) {
        try (JavaProcess process = JavaProcess.start(LoadMain.class, JVM_OPTIONS)) {
            Duration timeout = PATIENCE.plusSeconds(
                    (long) (plan.traffic().warmUpSeconds() + plan.traffic().seconds()));
            process.say(List.of(LoadMain.encode(plan)));
            process.await(LoadMain.MEASURING, timeout);
            CoreUse.Times before = CoreUse.Times.of(server, postgres);
            process.await(LoadMain.MEASURED, timeout);
            CoreUse.Times after = CoreUse.Times.of(server, postgres);
            LoadReport report = LoadMain.decode(LoadReport.class, process.await(LoadMain.REPORT));
            if (!report.allRight()) {
                throw new IllegalStateException("Not every answer was as expected: " + report);
            }
            return new Measured(report, CoreUse.between(before, after, report.cores()));
        }
    }

    /** The report of a load, and the processor use during it. */
    record Measured(LoadReport report, CoreUse cores) {
        double perSecond() {
            return report.perSecond();
        }
    }
}
