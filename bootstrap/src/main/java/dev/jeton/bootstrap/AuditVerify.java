package dev.jeton.bootstrap;

import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.application.port.inbound.AuditChaining;
import dev.jeton.application.port.inbound.ChainReport;
import dev.jeton.application.port.inbound.ChainReport.Intact;
import dev.jeton.application.port.inbound.ChainReport.Tampered;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.config.StorageOptions;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.id.CanonicalUuid;
import dev.jeton.domain.tenant.TenantId;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Looks at the whole audit trail and names the first row of each tenant that is not as it was written. */
@Command(
        name = AuditVerify.NAME,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        exitCodeOnExecutionException = CommandLine.ExitCode.USAGE,
        description =
                "Looks whether the audit trail is as it was written. Exit code 0: it is; 1: it is not; 2: that cannot be said.")
final class AuditVerify implements Callable<Integer> {
    static final String NAME = "verify";

    private static final int TAMPERED = 1;

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            converter = Tenant.class,
            description = "The only tenant to look at (default: all that have a trail or are in the checkpoint).")
    private @Nullable TenantId tenantId;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "What \"audit checkpoint\" printed once: shows also whether all was written anew since.")
    private @Nullable Path checkpoint;

    @Mixin
    private StorageOptions options;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

    AuditVerify(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Storage storage = options.toStorage(spec.commandLine().getParseResult(), environment);
        Map<TenantId, ChainCheckpoint> checkpoints = checkpoint == null ? Map.of() : CheckpointFile.read(checkpoint);
        boolean intact = true;
        try (Lifecycle lifecycle = new Lifecycle()) {
            AuditChaining chaining = new AuditChainUseCases(
                    StoppedOrRunning.database(storage, lifecycle).auditChains());
            for (TenantId each : tenants(chaining, checkpoints)) {
                ChainReport report = chaining.verify(each, Optional.ofNullable(checkpoints.get(each)));
                System.out.println(describe(report));
                intact &= report instanceof Intact;
            }
        }
        return intact ? CommandLine.ExitCode.OK : TAMPERED;
    }

    private Set<TenantId> tenants(AuditChaining chaining, Map<TenantId, ChainCheckpoint> checkpoints) {
        if (tenantId != null) {
            return Set.of(tenantId);
        }
        Set<TenantId> tenants = new LinkedHashSet<>(chaining.tenants());
        tenants.addAll(checkpoints.keySet());
        return tenants;
    }

    private static String describe(ChainReport report) {
        if (report instanceof Intact intact) {
            return "%s intact: %d events, last hash %s"
                    .formatted(
                            intact.head().tenantId(),
                            intact.head().count(),
                            intact.head().head());
        }
        Tampered tampered = (Tampered) report;
        return "%s TAMPERED WITH at %s, event %s: %s"
                .formatted(
                        tampered.tenantId(),
                        tampered.position() == 0 ? "no position" : "position " + tampered.position(),
                        tampered.eventId() == null ? "unknown" : tampered.eventId(),
                        describe(tampered.fault()));
    }

    private static String describe(ChainReport.Fault fault) {
        return switch (fault) {
            case CHANGED -> "CHANGED, the event or its hash is not what was chained here";
            case SWAPPED -> "SWAPPED, another event of the tenant is what was chained here";
            case EVENT_REMOVED -> "EVENT_REMOVED, the event is gone or unreadable";
            case LINK_REMOVED -> "LINK_REMOVED, the chain has a gap here";
            case INSERTED -> "INSERTED, the event was never chained and does not wait to be";
            case SHORTER_THAN_CHECKPOINT -> "SHORTER_THAN_CHECKPOINT, the chain ends before the checkpoint";
            case DIFFERS_FROM_CHECKPOINT -> "DIFFERS_FROM_CHECKPOINT, the chain was written anew up to here";
        };
    }

    private static final class Tenant implements ITypeConverter<TenantId> {

        @Override
        public TenantId convert(String text) {
            try {
                return new TenantId(CanonicalUuid.parse(text));
            } catch (InvalidArgument wrong) {
                throw new TypeConversionException("must be a tenant's id, a UUID");
            }
        }
    }
}
