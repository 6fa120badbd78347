package dev.jeton.bootstrap.config;

import dev.jeton.application.token.Retention;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the server's periodic tasks. Filled in by picocli. */
@OptionGroup("Upkeep")
final class UpkeepOptions {
    @Option(
            names = "--tombstone-retention",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "90d",
            description = "How long deleted tokens are remembered, so that deleting one again succeeds.")
    Duration tombstoneRetention;

    @Option(
            names = "--request-id-retention",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "24h",
            description = "How long a create is idempotent by its request_id.")
    Duration requestIdRetention;

    @Option(
            names = "--change-retention",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "1h",
            description = "How long change records are kept; a replica further behind reloads everything.")
    Duration changeRetention;

    @Option(
            names = "--audit-retention",
            paramLabel = "TIME",
            converter = Converters.AuditRetention.class,
            description = "How long audit events are kept, at least 1d (default: for ever).")
    @Nullable Duration auditRetention;

    @Option(
            names = "--use-interval",
            paramLabel = "TIME",
            converter = Converters.UseInterval.class,
            defaultValue = "30s",
            description = "How often last-used times are saved; at most 40s.")
    Duration useInterval;

    /** Call this only if picocli reports no errors. */
    Retention toRetention() {
        return new Retention(tombstoneRetention, requestIdRetention, changeRetention);
    }
}
