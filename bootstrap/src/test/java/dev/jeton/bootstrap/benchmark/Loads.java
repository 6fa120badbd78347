package dev.jeton.bootstrap.benchmark;

import dev.jeton.bootstrap.benchmark.load.LoadMain;
import dev.jeton.bootstrap.benchmark.load.LoadPlan;
import dev.jeton.bootstrap.benchmark.load.LoadReport;
import java.util.ArrayList;
import java.util.List;

/** Runs loads, one at a time, each in a process of its own, and watches what else takes the processors meanwhile. Immutable. */
final class Loads {
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xms256m");

    private Loads() {}

    /** Puts the load on, and fails if any answer was not right: a figure without right answers is none. */
    static Measured run(LoadPlan plan, List<List<ProcessHandle>> watched) {
        Measured measured = runWhateverComes(plan, watched);
        if (!measured.report().allRight()) {
            throw new IllegalStateException("Not every answer was right: " + measured.report());
        }
        return measured;
    }

    static Measured runWhateverComes(LoadPlan plan, List<List<ProcessHandle>> watched) {
        try (JavaProcess process = JavaProcess.start(LoadMain.class, JVM_OPTIONS, plan.toArguments())) {
            List<String> bearers = new ArrayList<>(plan.bearers());
            bearers.add("");
            process.say(bearers);
            process.await(LoadMain.MEASURING);
            long began = System.nanoTime();
            List<Double> before = seconds(watched);
            process.await(LoadMain.MEASURED);
            double elapsed = (System.nanoTime() - began) / 1e9;
            List<Double> after = seconds(watched);
            List<Double> cores = new ArrayList<>();
            for (int i = 0; i < watched.size(); i++) {
                cores.add((after.get(i) - before.get(i)) / elapsed);
            }
            return new Measured(LoadReport.parse(process.await(LoadMain.REPORT)), cores);
        }
    }

    private static List<Double> seconds(List<List<ProcessHandle>> watched) {
        return watched.stream().map(List::stream).map(ProcessorTime::seconds).toList();
    }

    /** @param cores the processor time that each of those watched took, in cores */
    record Measured(LoadReport report, List<Double> cores) {}
}
