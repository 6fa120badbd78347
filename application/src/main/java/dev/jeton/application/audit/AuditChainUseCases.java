package dev.jeton.application.audit;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Seals, purges and verifies the audit chains, in slices that keep each statement short. Thread-safe. */
public final class AuditChainUseCases implements AuditChaining {
    static final int SLICE = 1_000;

    /** Bounds one call, even if events arrive as fast as they are sealed. */
    private static final int MAX_SLICES = 50;

    private final AuditChainStore store;

    public AuditChainUseCases(AuditChainStore store) {
        this.store = store;
    }

    @Override
    public int seal() {
        int total = 0;
        for (int i = 0; i < MAX_SLICES; i++) {
            int sealed = store.tryWithLock(AuditChainUseCases::sealSlice).orElse(0);
            total += sealed;
            if (sealed < SLICE) {
                break;
            }
        }
        return total;
    }

    @Override
    public boolean purge(TenantId tenantId, Duration retention) {
        return store.tryWithLock(sealing -> purgeSlice(sealing, tenantId, retention))
                .orElse(true);
    }

    @Override
    public List<ChainCheckpoint> checkpoints() {
        return tenants().stream().map(store::head).toList();
    }

    @Override
    public List<TenantId> tenants() {
        List<TenantId> tenants = new ArrayList<>();
        Optional<TenantId> next = store.tenantAfter(null);
        while (next.isPresent()) {
            tenants.add(next.get());
            next = store.tenantAfter(next.get());
        }
        return tenants;
    }

    @Override
    public ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint) {
        return new ChainVerification(store, tenantId, checkpoint.orElse(ChainCheckpoint.empty(tenantId)), SLICE).run();
    }

    private static boolean purgeSlice(Sealing sealing, TenantId tenantId, Duration retention) {
        ChainCheckpoint start = sealing.start(tenantId).checkpoint();
        List<Chained> expired = sealing.expired(tenantId, retention, SLICE);
        ChainCheckpoint last = start;
        for (Chained each : expired) {
            if (each.event() == null || !AuditChain.next(last, each.event()).equals(each.link())) {
                break;
            }
            last = ChainCheckpoint.at(each.link());
        }
        if (last.count() > start.count()) {
            sealing.purge(tenantId, last.count(), retention);
        } else if (!expired.isEmpty()) {
            throw new IllegalStateException(
                    "The audit trail of tenant %s was tampered with at position %s, so it is kept; run \"audit verify\""
                            .formatted(tenantId, start.count() + 1));
        }
        return expired.size() == SLICE || last.count() < start.count() + expired.size();
    }

    private static int sealSlice(Sealing sealing) {
        List<AuditEvent> events = sealing.pending(SLICE);
        if (!events.isEmpty()) {
            Set<TenantId> tenants = events.stream().map(AuditEvent::tenantId).collect(Collectors.toSet());
            sealing.append(AuditChain.extend(sealing.heads(tenants), events));
        }
        return events.size();
    }
}
