package dev.jeton.application.token;

import dev.jeton.application.port.inbound.Housekeeping;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Duration;
import java.time.InstantSource;

/** Keeps the books about tokens. Thread-safe. */
public final class HousekeepingUseCases implements Housekeeping {
    private final UsageBuffer usage;
    private final UsageLog usageLog;
    private final Tombstones tombstones;
    private final InstantSource clock;
    private final Duration tombstoneRetention;

    public HousekeepingUseCases(
            UsageBuffer usage,
            UsageLog usageLog,
            Tombstones tombstones,
            InstantSource clock,
            Duration tombstoneRetention) {
        this.usage = usage;
        this.usageLog = usageLog;
        this.tombstones = tombstones;
        this.clock = clock;
        this.tombstoneRetention = tombstoneRetention;
    }

    @Override
    public void recordUse() {
        usage.writeTo(usageLog);
    }

    @Override
    public void forgetDeletedTokens() {
        tombstones.removeBefore(clock.instant().minus(tombstoneRetention));
    }
}
