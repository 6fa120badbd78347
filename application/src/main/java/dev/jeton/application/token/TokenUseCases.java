package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Call;
import dev.jeton.application.call.Calls;
import dev.jeton.application.call.SharedIssuance;
import dev.jeton.application.call.SharedIssuance.NewToken;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenQuota;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues and manages tokens. Thread-safe. */
public final class TokenUseCases implements TokenAdministration {
    private final Calls calls;
    private final SharedIssuance issuance;
    private final SecureRandom random;
    private final SecretHasher hasher;

    public TokenUseCases(Calls calls, SharedIssuance issuance, SecureRandom random, SecretHasher hasher) {
        this.calls = calls;
        this.issuance = issuance;
        this.random = random;
        this.hasher = hasher;
    }

    @Override
    public IssuedToken create(Caller caller, CreateToken command) {
        return createTogether(caller, command).orElseGet(() -> createAlone(caller, command));
    }

    /** Empty if more must be read than the terms for the owner's tokens, or if any error must be reported. */
    private Optional<IssuedToken> createTogether(Caller caller, CreateToken command) {
        TenantId tenantId = command.tenantId() == null ? caller.tenantId() : command.tenantId();
        UserId ownerId = command.userId() == null ? caller.userId() : command.userId();
        boolean ownTenant = tenantId.equals(caller.tenantId());
        boolean ownToken = ownTenant && ownerId.equals(caller.userId());
        boolean named = command.userId() != null && (command.tenantId() != null || !caller.isOperator());
        boolean maySee = caller.isOperator() || ownTenant && caller.role() != Role.MEMBER;
        if (!ownToken && !(named && maySee)) {
            return Optional.empty();
        }
        TokenDraft draft = command.draft();
        Needs needs = new Needs(tenantId, ownerId, draft.workloadIds());
        return issuance.run(caller, Operation.CREATE_TOKEN, needs, command.requestKey(), (terms, id) -> {
            AccessRules.requireRank(caller, terms.terms().ownerRole());
            AccessRules.requireGrant(caller, draft.scopes());
            return newToken(
                    tenantId,
                    id,
                    ownerId,
                    draft,
                    terms.terms().policy(),
                    terms.moment().time());
        });
    }

    private IssuedToken createAlone(Caller caller, CreateToken command) {
        return calls.run(caller, Operation.CREATE_TOKEN, call -> {
            TenantId tenantId = tenantOfOwner(call, command.tenantId(), command.userId());
            UserId ownerId = ownerId(call, tenantId, command.userId());
            TokenOwner owner = holdOwner(call, tenantId, ownerId);
            AccessRules.requireGrant(caller, command.draft().scopes());
            return call.createOnce(
                            command.requestKey(),
                            id -> issue(call, tenantId, new TokenId(id), ownerId, owner, command.draft()),
                            id -> new IssuedToken(view(call.token(new TokenId(id)), call.now()), null))
                    .resource();
        });
    }

    private IssuedToken issue(
            Call call, TenantId tenantId, TokenId id, UserId ownerId, TokenOwner owner, TokenDraft draft) {
        TokenPolicy policy = owner.terms().policy();
        NewToken<IssuedToken> made = newToken(tenantId, id, ownerId, draft, policy, call.now());
        requireWorkloads(call, tenantId, made.token().workloadIds());
        TokenQuota.require(policy, ownerId, owner.tokens());
        call.changes().insert(made.token(), made.digest());
        return made.result();
    }

    private NewToken<IssuedToken> newToken(
            TenantId tenantId, TokenId id, UserId ownerId, TokenDraft draft, TokenPolicy policy, Instant now) {
        TokenSecret secret = TokenSecret.generate(tenantId, id, random);
        Token token = Token.issue(tenantId, id, ownerId, draft, secret.hint(), policy, now);
        return new NewToken<>(token, hasher.digest(secret), new IssuedToken(view(token, now), secret));
    }

    @Override
    public TokenView get(Caller caller, TokenId tokenId) {
        return calls.run(caller, Operation.GET_TOKEN, call -> view(call.token(tokenId), call.now()));
    }

    @Override
    public Page<TokenView> list(Caller caller, ListTokens query) {
        return calls.run(caller, Operation.LIST_TOKENS, call -> {
            TokenFilter filter = query.filter();
            TenantId tenantId = tenantOfTokens(call, query);
            if (filter.ownerId() != null) {
                requireUser(call, tenantId, filter.ownerId());
            }
            if (filter.workloadId() != null) {
                requireWorkloads(call, tenantId, Set.of(filter.workloadId()));
            }
            Instant now = call.now();
            return call.repositories()
                    .tokens()
                    .page(tenantId, visible(caller, filter), now, query.page())
                    .map(token -> view(token, now));
        });
    }

    @Override
    public TokenView update(Caller caller, UpdateToken command) {
        return change(
                caller,
                Operation.UPDATE_TOKEN,
                command.tokenId(),
                command.etag(),
                (token, policy, now) -> token.update(command.change(), policy, now));
    }

    @Override
    public TokenView assign(Caller caller, AssignToken command) {
        return change(
                caller,
                Operation.ASSIGN_TOKEN,
                command.tokenId(),
                command.etag(),
                (token, policy, now) -> token.assign(command.workloadIds(), policy, now));
    }

    @Override
    public TokenView cancel(Caller caller, CancelToken command) {
        return change(
                caller,
                Operation.CANCEL_TOKEN,
                command.tokenId(),
                command.etag(),
                (token, policy, now) -> token.cancel(command.reason(), caller.userId(), caller.role(), now));
    }

    @Override
    public TokenView reactivate(Caller caller, TokenId tokenId, @Nullable Etag etag) {
        return change(
                caller,
                Operation.REACTIVATE_TOKEN,
                tokenId,
                etag,
                (token, policy, now) -> token.reactivate(caller.role(), now));
    }

    @Override
    public TokenView renew(Caller caller, RenewToken command) {
        return change(
                caller,
                Operation.RENEW_TOKEN,
                command.tokenId(),
                command.etag(),
                (token, policy, now) -> token.renew(command.expiration(), policy, now));
    }

    @Override
    public void delete(Caller caller, TokenId tokenId, @Nullable Etag etag) {
        calls.run(caller, Operation.DELETE_TOKEN, call -> {
            call.lockForDelete(tokenId)
                    .ifPresentOrElse(
                            locked -> {
                                locked.token().revision().requireEtag(etag);
                                call.changes().delete(locked.token());
                            },
                            () -> requireDeleted(call, tokenId));
            return tokenId;
        });
    }

    private TokenView change(Caller caller, Operation operation, TokenId tokenId, @Nullable Etag etag, Change change) {
        return calls.run(caller, operation, call -> {
            LockedToken locked = call.lock(tokenId).orElseThrow(() -> Missing.token(tokenId));
            Token token = locked.token();
            Token changed = change.apply(token, locked.terms().policy(), call.now());
            if (changed != token) {
                AccessRules.requireGrant(caller, changed.scopes().without(token.scopes()));
                token.revision().requireEtag(etag);
                if (!changed.workloadIds().equals(token.workloadIds())) {
                    requireWorkloads(call, token.tenantId(), changed.workloadIds());
                }
                call.changes().update(token, changed);
            }
            return view(changed, call.now());
        });
    }

    /** Changes a token; returns the same instance if nothing differs. */
    private interface Change {
        Token apply(Token token, TokenPolicy policy, Instant now);
    }

    /** Returns the tenant that a call names, or else that of the user that it names, or else the caller's own. */
    private static TenantId tenantOfOwner(Call call, @Nullable TenantId tenantId, @Nullable UserId ownerId) {
        return tenantId == null && ownerId != null ? call.tenantOf(ownerId) : call.visible(tenantId);
    }

    private static UserId ownerId(Call call, TenantId tenantId, @Nullable UserId named) {
        if (named != null) {
            return named;
        }
        if (!tenantId.equals(call.caller().tenantId())) {
            call.tenant(tenantId);
            throw new InvalidArgument(List.of(new Violation(
                    "user_id", ErrorReason.REQUIRED, "is required for a token in another tenant than the caller's")));
        }
        return call.caller().userId();
    }

    private static TokenOwner holdOwner(Call call, TenantId tenantId, UserId ownerId) {
        if (!call.canSeeTokensOf(ownerId)) {
            throw Missing.user(ownerId);
        }
        TokenOwner owner = call.repositories()
                .users()
                .holdOwner(tenantId, ownerId)
                .orElseThrow(() -> {
                    call.tenant(tenantId);
                    return Missing.user(ownerId);
                });
        AccessRules.requireRank(call.caller(), owner.terms().ownerRole());
        return owner;
    }

    private static TenantId tenantOfTokens(Call call, ListTokens query) {
        TokenFilter filter = query.filter();
        if (query.tenantId() == null && filter.ownerId() != null) {
            return call.tenantOf(filter.ownerId());
        }
        if (query.tenantId() == null && filter.workloadId() != null) {
            return call.tenantOf(filter.workloadId());
        }
        return call.tenant(query.tenantId()).id();
    }

    private static TokenFilter visible(Caller caller, TokenFilter filter) {
        return caller.role() == Role.MEMBER ? filter.ownedBy(caller.userId()) : filter;
    }

    private static void requireUser(Call call, TenantId tenantId, UserId userId) {
        if (!call.canSeeTokensOf(userId)) {
            throw Missing.user(userId);
        }
        call.repositories().users().find(tenantId, userId).orElseThrow(() -> Missing.user(userId));
    }

    private static void requireWorkloads(Call call, TenantId tenantId, Set<WorkloadId> workloadIds) {
        if (workloadIds.isEmpty()) {
            return;
        }
        Set<WorkloadId> existing = call.repositories().workloads().existing(tenantId, workloadIds);
        for (WorkloadId workloadId : workloadIds) {
            if (!existing.contains(workloadId)) {
                throw Missing.workload(workloadId);
            }
        }
    }

    /** A token of the caller's that is already deleted counts as deleted by this call. */
    private static void requireDeleted(Call call, TokenId tokenId) {
        call.repositories()
                .tokens()
                .formerOwner(call.tenantOf(tokenId), tokenId)
                .filter(call::canSeeTokensOf)
                .orElseThrow(() -> Missing.token(tokenId));
    }

    private static TokenView view(Token token, Instant now) {
        return new TokenView(token, token.statusAt(now));
    }
}
