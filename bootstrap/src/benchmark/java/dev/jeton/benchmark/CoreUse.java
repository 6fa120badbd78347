package dev.jeton.benchmark;

import dev.jeton.bootstrap.support.QuietMachine;
import java.util.Locale;
import java.util.Optional;

/**
 * The processor time used during a measurement, in cores. Immutable.
 *
 * @param others everything else on the machine, which distorts figures; NaN without /proc
 */
record CoreUse(double load, double server, double postgres, double others) {

    /** Processor times up to a moment, in seconds. */
    record Times(double now, double server, double postgres, double benchmark, double machine) {

        /** @param postgres the postmaster, if it is to be measured */
        static Times of(ProcessHandle server, Optional<ProcessHandle> postgres) {
            return new Times(
                    System.nanoTime() / 1e9,
                    QuietMachine.seconds(server),
                    postgres.map(QuietMachine::familySeconds).orElse(0.0),
                    QuietMachine.seconds(ProcessHandle.current()),
                    QuietMachine.machineSeconds());
        }
    }

    /** @param load in cores */
    static CoreUse between(Times before, Times after, double load) {
        double seconds = after.now - before.now;
        double server = (after.server - before.server) / seconds;
        double postgres = (after.postgres - before.postgres) / seconds;
        double benchmark = (after.benchmark - before.benchmark) / seconds;
        double machine = (after.machine - before.machine) / seconds;
        return new CoreUse(load, server, postgres, Math.max(0, machine - load - server - postgres - benchmark));
    }

    /** The use during a measurement that this process makes itself, which counts as its load. */
    static CoreUse between(Times before, Times after) {
        double load = (after.benchmark - before.benchmark) / (after.now - before.now);
        CoreUse use = between(before, after, 0);
        return new CoreUse(load, use.server, use.postgres, use.others);
    }

    /** The same with the larger of the two uses by others. */
    CoreUse withOthersOf(CoreUse another) {
        return new CoreUse(load, server, postgres, Math.max(others, another.others));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f, %.2f, %.2f, %.2f", load, server, postgres, others);
    }
}
