package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.WorkloadBinding;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Column-level updates of tokens, as a database would make them. */
final class TokenRows {
    private TokenRows() {}

    /** Returns {@code old} with the columns that an update writes, and with the workloads that it does not see. */
    static Token updated(Token old, Token next, Token visible) {
        SortedSet<WorkloadId> workloadIds = new TreeSet<>(old.workloadIds());
        workloadIds.removeAll(visible.workloadIds());
        workloadIds.addAll(next.workloadIds());
        return new Token(
                old.tenantId(),
                old.id(),
                old.ownerId(),
                binding(old, workloadIds),
                next.name(),
                next.nameUniqueness(),
                next.description(),
                next.scopes(),
                old.secretHint(),
                next.expiry(),
                next.cancellation(),
                old.lastUsedTime(),
                old.revision().next(next.revision().updateTime()));
    }

    static Token unassigned(Token token, WorkloadId workloadId, Instant now) {
        SortedSet<WorkloadId> others = new TreeSet<>(token.workloadIds());
        others.remove(workloadId);
        Instant updated = token.revision().updateTime();
        return with(token, others, token.lastUsedTime(), token.revision().next(updated.isAfter(now) ? updated : now));
    }

    /** Ignores a use before the stored one. */
    static Token used(Token token, Instant time) {
        Instant known = token.lastUsedTime();
        return known != null && known.isAfter(time) ? token : with(token, token.workloadIds(), time, token.revision());
    }

    static boolean matches(Token token, TokenFilter filter, Instant now) {
        Instant expiry = token.expiry().instant();
        return (filter.ownerId() == null || token.ownerId().equals(filter.ownerId()))
                && (filter.workloadId() == null || token.workloadIds().contains(filter.workloadId()))
                && (!filter.unassigned()
                        || !token.tenantWide() && token.workloadIds().isEmpty())
                && (filter.status() == null || token.statusAt(now) == filter.status())
                && token.name().value().contains(filter.nameContains())
                && (filter.expireBefore() == null || expiry != null && expiry.isBefore(filter.expireBefore()));
    }

    /** The column {@code tenant_wide} never changes. */
    private static WorkloadBinding binding(Token old, SortedSet<WorkloadId> workloadIds) {
        return old.tenantWide() ? old.binding() : new WorkloadBinding.Bound(workloadIds);
    }

    private static Token with(
            Token token, SortedSet<WorkloadId> workloadIds, @Nullable Instant lastUsedTime, Revision revision) {
        return new Token(
                token.tenantId(),
                token.id(),
                token.ownerId(),
                binding(token, workloadIds),
                token.name(),
                token.nameUniqueness(),
                token.description(),
                token.scopes(),
                token.secretHint(),
                token.expiry(),
                token.cancellation(),
                lastUsedTime,
                revision);
    }
}
