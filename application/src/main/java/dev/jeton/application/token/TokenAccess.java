package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.TenantAccess;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the tenant, owner, token and workloads of a token call, and checks that the caller may use them. What the caller may not see is
 * reported as not found.
 */
final class TokenAccess {
    private TokenAccess() {}

    static TenantId tenantFor(Caller caller, CreateToken command, Repositories repositories) {
        return command.tenantId() == null && command.userId() != null
                ? TenantAccess.tenantOf(command.userId(), caller, repositories.directory())
                : TenantAccess.resolve(caller, command.tenantId());
    }

    static UserId ownerFor(Caller caller, CreateToken command, TenantId tenantId, Repositories repositories) {
        UserId ownerId = command.userId();
        if (ownerId != null) {
            return ownerId;
        }
        if (!tenantId.equals(caller.tenantId())) {
            requireTenant(tenantId, repositories);
            throw new InvalidArgument(List.of(new Violation(
                    "user_id", ErrorReason.REQUIRED, "is required for a token in another tenant than the caller's")));
        }
        return caller.userId();
    }

    static TokenTerms terms(Caller caller, TenantId tenantId, UserId ownerId, Repositories repositories) {
        if (!TenantAccess.canSeeTokensOf(ownerId, caller)) {
            throw Missing.user(ownerId);
        }
        Optional<TokenTerms> terms = repositories.users().tokenTerms(tenantId, ownerId);
        if (terms.isEmpty()) {
            requireTenant(tenantId, repositories);
            throw Missing.user(ownerId);
        }
        AccessRules.requireRank(caller, terms.get().ownerRole());
        return terms.get();
    }

    static TenantId tenantFor(Caller caller, ListTokens query, Repositories repositories) {
        UserId ownerId = query.filter().ownerId();
        WorkloadId workloadId = query.filter().workloadId();
        TenantId tenantId;
        if (query.tenantId() == null && ownerId != null) {
            tenantId = TenantAccess.tenantOf(ownerId, caller, repositories.directory());
        } else if (query.tenantId() == null && workloadId != null) {
            tenantId = TenantAccess.tenantOf(workloadId, caller, repositories.directory());
        } else {
            tenantId = TenantAccess.resolve(caller, query.tenantId());
            requireTenant(tenantId, repositories);
        }
        if (ownerId != null) {
            requireUser(caller, tenantId, ownerId, repositories);
        }
        if (workloadId != null) {
            requireWorkloads(tenantId, Set.of(workloadId), repositories);
        }
        return tenantId;
    }

    /** Checked before locking, because waiting for a lock would reveal that another member's token exists. */
    private static boolean ownsToken(Caller caller, TenantId tenantId, TokenId tokenId, Repositories repositories) {
        return repositories
                .tokens()
                .find(tenantId, tokenId)
                .filter(token -> token.ownerId().equals(caller.userId()))
                .isPresent();
    }

    static TokenFilter visible(Caller caller, TokenFilter filter) {
        return caller.role() == Role.MEMBER ? filter.ownedBy(caller.userId()) : filter;
    }

    static Token token(Caller caller, TenantId tenantId, TokenId tokenId, Repositories repositories) {
        return repositories
                .tokens()
                .find(tenantId, tokenId)
                .filter(found -> TenantAccess.canSeeTokensOf(found.ownerId(), caller))
                .orElseThrow(() -> Missing.token(tokenId));
    }

    private static void requireTenant(TenantId tenantId, Repositories repositories) {
        repositories.tenants().find(tenantId).orElseThrow(() -> Missing.tenant(tenantId));
    }

    private static void requireUser(Caller caller, TenantId tenantId, UserId userId, Repositories repositories) {
        if (!TenantAccess.canSeeTokensOf(userId, caller)) {
            throw Missing.user(userId);
        }
        repositories.users().find(tenantId, userId).orElseThrow(() -> Missing.user(userId));
    }

    /** Locks the token; empty if the caller cannot see it. Rejects callers with a lower role than the owner's. */
    static Optional<LockedToken> lock(Caller caller, TenantId tenantId, TokenId tokenId, Repositories repositories) {
        if (caller.role() == Role.MEMBER && !ownsToken(caller, tenantId, tokenId, repositories)) {
            return Optional.empty();
        }
        Optional<LockedToken> locked = repositories.tokens().lock(tenantId, tokenId);
        locked.ifPresent(found -> AccessRules.requireRank(caller, found.terms().ownerRole()));
        return locked;
    }

    static void requireWorkloads(TenantId tenantId, Collection<WorkloadId> workloadIds, Repositories repositories) {
        if (workloadIds.isEmpty()) {
            return;
        }
        Set<WorkloadId> existing = repositories.workloads().existing(tenantId, workloadIds);
        for (WorkloadId workloadId : workloadIds) {
            if (!existing.contains(workloadId)) {
                throw Missing.workload(workloadId);
            }
        }
    }
}
