package dev.jeton.application.sweep;

import dev.jeton.application.call.Calls;
import dev.jeton.application.port.inbound.upkeep.Sweeping;

/** Removes what is left of deleted users, workloads and tenants. Thread-safe. */
public final class SweepingUseCases implements Sweeping {
    private static final int SLICE = 500;

    private final Calls calls;

    public SweepingUseCases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public boolean sweepSlice() {
        return calls.resume((sweep, changes) -> changes.continueSweep(sweep, SLICE));
    }
}
