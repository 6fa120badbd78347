package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.access.TenantAccess;
import dev.jeton.application.audit.AuditedResource;
import dev.jeton.application.audit.Auditor;
import dev.jeton.application.idempotency.Idempotency;
import dev.jeton.application.idempotency.Idempotency.CreateCall;
import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.UserId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Issues and manages tokens. Thread-safe. */
public final class TokenUseCases implements TokenAdministration {
    private final Transactor transactor;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final SecureRandom random;
    private final SecretHasher hasher;
    private final Auditor auditor;
    private final Idempotency idempotency;

    public TokenUseCases(
            Transactor transactor,
            InstantSource clock,
            TimeOrderedIds ids,
            SecureRandom random,
            SecretHasher hasher,
            Auditor auditor,
            Idempotency idempotency) {
        this.transactor = transactor;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
        this.hasher = hasher;
        this.auditor = auditor;
        this.idempotency = idempotency;
    }

    @Override
    public IssuedToken create(Caller caller, CreateToken command) {
        AccessRules.require(caller, Operation.CREATE_TOKEN);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TokenAccess.tenantFor(caller, command, repositories);
            UserId ownerId = TokenAccess.ownerFor(caller, command, tenantId, repositories);
            TokenTerms terms = TokenAccess.terms(caller, tenantId, ownerId, repositories);
            AccessRules.requireGrant(caller, command.draft().scopes());
            TokenId id = new TokenId(ids.next());
            return idempotency
                    .createOnce(
                            repositories,
                            new CreateCall(caller, Operation.CREATE_TOKEN, command.requestKey()),
                            id.value(),
                            () -> {
                                TokenSecret secret = TokenSecret.generate(tenantId, id, random);
                                Instant now = clock.instant();
                                Token token = Token.issue(
                                        tenantId, id, ownerId, command.draft(), secret.hint(), terms.policy(), now);
                                TokenAccess.requireWorkloads(tenantId, token.workloadIds(), repositories);
                                repositories
                                        .tokens()
                                        .insert(
                                                token,
                                                hasher.digest(secret),
                                                terms.policy().maxTokensPerUser());
                                auditor.created(
                                        repositories, caller, Operation.CREATE_TOKEN, AuditedResource.of(token));
                                return new IssuedToken(view(token, now), secret);
                            },
                            earlier -> {
                                Token token = TokenAccess.token(caller, tenantId, new TokenId(earlier), repositories);
                                return new IssuedToken(view(token, clock.instant()), null);
                            })
                    .resource();
        });
    }

    @Override
    public TokenView get(Caller caller, TokenId tokenId) {
        AccessRules.require(caller, Operation.GET_TOKEN);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TenantAccess.tenantOf(tokenId, caller, repositories.directory());
            return view(TokenAccess.token(caller, tenantId, tokenId, repositories), clock.instant());
        });
    }

    @Override
    public Page<TokenView> list(Caller caller, ListTokens query) {
        AccessRules.require(caller, Operation.LIST_TOKENS);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TokenAccess.tenantFor(caller, query, repositories);
            Instant now = clock.instant();
            return repositories
                    .tokens()
                    .page(tenantId, TokenAccess.visible(caller, query.filter()), now, query.page())
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
        AccessRules.require(caller, Operation.DELETE_TOKEN);
        transactor.inTransaction(repositories -> {
            TenantId tenantId = TenantAccess.tenantOf(tokenId, caller, repositories.directory());
            TokenAccess.lock(caller, tenantId, tokenId, repositories)
                    .ifPresentOrElse(
                            locked -> {
                                Token token = locked.token();
                                token.revision().requireEtag(etag);
                                repositories.tokens().delete(tenantId, tokenId, clock.instant());
                                auditor.deleted(
                                        repositories, caller, Operation.DELETE_TOKEN, AuditedResource.of(token));
                            },
                            () -> {
                                repositories
                                        .tokens()
                                        .formerOwner(tenantId, tokenId)
                                        .filter(ownerId -> TenantAccess.canSeeTokensOf(ownerId, caller))
                                        .orElseThrow(() -> Missing.token(tokenId));
                            });
            return tokenId;
        });
    }

    private TokenView change(Caller caller, Operation operation, TokenId tokenId, @Nullable Etag etag, Change change) {
        AccessRules.require(caller, operation);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TenantAccess.tenantOf(tokenId, caller, repositories.directory());
            LockedToken locked =
                    TokenAccess.lock(caller, tenantId, tokenId, repositories).orElseThrow(() -> Missing.token(tokenId));
            Token token = locked.token();
            Instant now = clock.instant();
            Token changed = change.apply(token, locked.terms().policy(), now);
            if (changed != token) {
                AccessRules.requireGrant(caller, changed.scopes().without(token.scopes()));
                token.revision().requireEtag(etag);
                if (!changed.workloadIds().equals(token.workloadIds())) {
                    TokenAccess.requireWorkloads(tenantId, changed.workloadIds(), repositories);
                }
                repositories.tokens().update(changed);
                auditor.changed(
                        repositories, caller, operation, AuditedResource.of(token), AuditedResource.of(changed));
            }
            return view(changed, now);
        });
    }

    /** Changes a token; returns the same instance if nothing differs. */
    private interface Change {
        Token apply(Token token, TokenPolicy policy, Instant now);
    }

    private static TokenView view(Token token, Instant now) {
        return new TokenView(token, token.statusAt(now));
    }
}
