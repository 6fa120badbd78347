package dev.jeton.benchmark;

import dev.jeton.benchmark.load.LoadMain;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs loads, one at a time, each in a process of its own, and watches who takes the processors meanwhile. */
final class Loads {
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xms256m");

    private Loads() {}

    /** Puts the load on, and fails if any answer was not right: a figure without right answers is none. */
    static Measured run(LoadPlan plan, ProcessHandle server, Optional<ProcessHandle> postgres) {
        Measured measured = runWhateverComes(plan, server, postgres);
        if (!measured.report().allRight()) {
            throw new IllegalStateException("not every answer was right: " + measured.report());
        }
        return measured;
    }

    static Measured runWhateverComes(LoadPlan plan, ProcessHandle server, Optional<ProcessHandle> postgres) {
        try (JavaProcess process = JavaProcess.start(LoadMain.class, JVM_OPTIONS, plan.toArguments())) {
            List<String> bearers = new ArrayList<>(plan.bearers());
            bearers.add("");
            process.say(bearers);
            process.await(LoadMain.MEASURING);
            ProcessorTimes before = ProcessorTimes.now(server, postgres);
            process.await(LoadMain.MEASURED);
            ProcessorTimes taken = ProcessorTimes.now(server, postgres).since(before);
            LoadReport report = LoadReport.parse(process.await(LoadMain.REPORT));
            return new Measured(report, Shares.of(taken, report.cores()));
        }
    }

    /** A load's report, and what it took of the machine. */
    record Measured(LoadReport report, Shares shares) {
        double perSecond() {
            return report.perSecond();
        }
    }
}
