package dev.jeton.application.token;

import dev.jeton.application.call.Calls;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Instant;

/** Saves last-used times and purges expired records. Thread-safe. */
public final class HousekeepingUseCases implements Housekeeping {
    private static final int BATCH_SIZE = 1_000;

    private final UsageBuffer usage;
    private final UsageLog usageLog;
    private final Tombstones tombstones;
    private final Calls calls;
    private final RequestIds requestIds;
    private final ChangeRecords changes;
    private final Retention retention;

    public HousekeepingUseCases(
            UsageBuffer usage,
            UsageLog usageLog,
            Tombstones tombstones,
            RequestIds requestIds,
            ChangeRecords changes,
            Calls calls,
            Retention retention) {
        this.usage = usage;
        this.usageLog = usageLog;
        this.tombstones = tombstones;
        this.calls = calls;
        this.requestIds = requestIds;
        this.changes = changes;
        this.retention = retention;
    }

    @Override
    public boolean saveLastUsed() {
        return usage.flushTo(usageLog, BATCH_SIZE);
    }

    @Override
    public void purgeExpired() {
        Instant now = calls.now();
        tombstones.removeBefore(now.minus(retention.deletedTokens()));
        requestIds.removeBefore(now.minus(retention.requestIds()));
        changes.removeBefore(now.minus(retention.changes()));
    }
}
