package dev.jeton.application.audit;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Seals and verifies the audit chains, in slices that keep each statement short. Thread-safe. */
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

    private static int sealSlice(Sealing sealing) {
        List<AuditEvent> events = sealing.pending(SLICE);
        if (!events.isEmpty()) {
            Set<TenantId> tenants = events.stream().map(AuditEvent::tenantId).collect(Collectors.toSet());
            sealing.append(AuditChain.extend(sealing.heads(tenants), events));
        }
        return events.size();
    }
}
