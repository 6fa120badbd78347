package dev.jeton.benchmark;

import java.util.Locale;

/**
 * Who took how much of the processors while something was measured, in cores. Immutable.
 *
 * @param others everything else on the machine: what makes a figure worthless; NaN where that is unknown
 */
record Shares(double load, double server, double postgres, double others) {

    static Shares of(ProcessorTimes taken, double load) {
        double server = taken.server() / taken.at();
        double postgres = taken.postgres() / taken.at();
        double all = taken.machine() / taken.at();
        double others = all - load - server - postgres - taken.self() / taken.at();
        return new Shares(load, server, postgres, Math.max(0, others));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "of %d cores the load took %.2f, the server %.2f, PostgreSQL %.2f, others %.2f",
                Runtime.getRuntime().availableProcessors(),
                load,
                server,
                postgres,
                others);
    }
}
