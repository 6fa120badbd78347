package dev.jeton.bootstrap;

import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.inbound.audit.ChainReport.Intact;
import dev.jeton.application.port.inbound.audit.ChainReport.Tampered;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.id.CanonicalUuid;
import dev.jeton.domain.tenant.TenantId;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Verifies the audit chains and reports the first row of each tenant that was tampered with. */
@Command(
        name = AuditVerify.NAME,
        exitCodeOnExecutionException = CommandLine.ExitCode.USAGE,
        description = {"Verifies the audit trail.", "Exit code 0: intact; 1: tampered with; 2: could not be verified."})
final class AuditVerify extends DatabaseCommand {
    static final String NAME = "verify";

    private static final int TAMPERED = 1;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            converter = Tenant.class,
            description = "Verify this tenant only (default: all tenants in the trail or the checkpoint).")
    private @Nullable TenantId tenantId;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Saved output of \"audit checkpoint\"; also detects chains rewritten or cut since then.")
    private @Nullable Path checkpoint;

    AuditVerify(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Storage storage = storage();
        Map<TenantId, ChainCheckpoint> checkpoints = checkpoint == null ? Map.of() : CheckpointFile.read(checkpoint);
        return withDatabase(storage, database -> verify(new AuditChainUseCases(database.auditChains()), checkpoints));
    }

    private int verify(AuditChaining chaining, Map<TenantId, ChainCheckpoint> checkpoints) {
        boolean intact = true;
        for (TenantId each : tenants(chaining, checkpoints)) {
            ChainReport report = chaining.verify(each, Optional.ofNullable(checkpoints.get(each)));
            System.out.println(describe(report));
            intact &= report instanceof Intact;
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
            ChainCheckpoint start = intact.start().checkpoint();
            ChainCheckpoint head = intact.head();
            String events = "%s intact: %s events, last hash %s"
                    .formatted(head.tenantId(), head.count() - start.count(), head.head());
            return start.count() == 0
                    ? events
                    : events
                            + ", from position %s; earlier events were purged, up to %s"
                                    .formatted(start.count() + 1, intact.start().purgedUntil());
        }
        Tampered tampered = (Tampered) report;
        return "%s TAMPERED at %s, event %s: %s"
                .formatted(
                        tampered.tenantId(),
                        tampered.position() == 0 ? "no position" : "position " + tampered.position(),
                        tampered.eventId() == null ? "unknown" : tampered.eventId(),
                        describe(tampered.fault()));
    }

    private static String describe(ChainReport.Fault fault) {
        return switch (fault) {
            case CHANGED -> "CHANGED, the event or its hash differs from what was chained here";
            case SWAPPED -> "SWAPPED, a different event of the tenant was chained here";
            case EVENT_REMOVED -> "EVENT_REMOVED, the event is missing or unreadable";
            case LINK_REMOVED -> "LINK_REMOVED, the chain has a gap here";
            case INSERTED -> "INSERTED, the event was never chained and is not pending";
            case PURGED_AFTER_CHECKPOINT ->
                "PURGED_AFTER_CHECKPOINT, expected only if the checkpoint is older than the retention";
            case SHORTER_THAN_CHECKPOINT -> "SHORTER_THAN_CHECKPOINT, the chain ends before the checkpoint";
            case DIFFERS_FROM_CHECKPOINT -> "DIFFERS_FROM_CHECKPOINT, the chain up to here was rewritten";
        };
    }

    private static final class Tenant implements ITypeConverter<TenantId> {

        @Override
        public TenantId convert(String text) {
            try {
                return new TenantId(CanonicalUuid.parse(text));
            } catch (InvalidArgument wrong) {
                throw new TypeConversionException("must be a tenant ID (a UUID)");
            }
        }
    }
}
