package dev.jeton.bootstrap.warmup;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with tokens that exists in memory only. Its ids are of the epoch, so no stored resource has them, and its secrets are random, so
 * only the server that the rehearsal calls accepts them. Thread-safe.
 */
final class SyntheticTenant {
    private static final int TOKENS_OF_A_KIND = 128;
    private static final Scopes INFERENCE = Scopes.of(new Scope("inference"));

    private final TimeOrderedIds ids;
    private final SecureRandom random;
    private final SecretHasher hasher;
    private final TenantId tenantId;
    private final UserId userId;
    private final WorkloadId workloadId;
    private final TokenId tokenId;
    private final Map<TokenKey, TokenFacts> facts = new HashMap<>();
    private final List<String> tenantWide = new ArrayList<>();
    private final List<String> bound = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();
    private final String operatorsGateway;
    private final String gateway;
    private final String console;

    SyntheticTenant(SecretHasher hasher, SecureRandom random) {
        this.hasher = hasher;
        this.random = random;
        ids = new TimeOrderedIds(random);
        tenantId = new TenantId(ids.next());
        userId = new UserId(ids.next());
        workloadId = new WorkloadId(ids.next());
        tokenId = new TokenId(ids.next());
        operatorsGateway = issue(TenantId.SYSTEM, Role.OPERATOR, true, Scopes.of(Scope.VERIFY), Expiry.NEVER, false);
        gateway = issue(tenantId, Role.MEMBER, true, Scopes.of(Scope.VERIFY), Expiry.NEVER, false);
        console = issue(tenantId, Role.TENANT_ADMIN, true, Scopes.of(Scope.MANAGE), Expiry.NEVER, false);
        for (int i = 0; i < TOKENS_OF_A_KIND; i++) {
            tenantWide.add(issue(tenantId, Role.MEMBER, true, INFERENCE, Expiry.NEVER, false));
            bound.add(issue(tenantId, Role.MEMBER, false, INFERENCE, Expiry.NEVER, false));
        }
        denied.add(issue(tenantId, Role.MEMBER, true, INFERENCE, Expiry.NEVER, true));
        denied.add(issue(tenantId, Role.MEMBER, true, INFERENCE, Expiry.at(Instant.EPOCH), false));
        denied.add(secret(tenantId).revealSecret());
        denied.add("malformed");
    }

    /** The secret of an operator's gateway, which may verify the tokens of all tenants. */
    String operatorsGateway() {
        return operatorsGateway;
    }

    /** The secret of the tenant's own gateway. */
    String gateway() {
        return gateway;
    }

    /** The secret of an administrator of the tenant. */
    String console() {
        return console;
    }

    /** Secrets of valid tokens that are accepted for all workloads. */
    List<String> tenantWide() {
        return tenantWide;
    }

    /** Secrets of valid tokens that are accepted for {@link #workloadId}. */
    List<String> bound() {
        return bound;
    }

    /** A secret for each of the usual denials: cancelled, expired, unknown and malformed. */
    List<String> denied() {
        return denied;
    }

    WorkloadId workloadId() {
        return workloadId;
    }

    UserId userId() {
        return userId;
    }

    /** The token that {@link #insertInto} stores. */
    TokenId tokenId() {
        return tokenId;
    }

    @Nullable TokenFacts facts(TokenKey key) {
        return facts.get(key);
    }

    /** Stores the tenant, its administrator and a token in a transaction that must be rolled back. */
    void insertInto(Repositories repositories) {
        Instant now = repositories.moment().time();
        repositories.tenants().insert(Tenant.create(tenantId, new TenantName("warm-up"), TokenPolicy.DEFAULT, now));
        repositories
                .users()
                .insert(User.create(
                        tenantId,
                        userId,
                        new Email("warm-up@localhost"),
                        new PersonName("warm-up"),
                        Role.TENANT_ADMIN,
                        now));
        TokenSecret secret = TokenSecret.generate(tenantId, tokenId, random);
        TokenDraft draft = new TokenDraft(
                new TokenName("warm-up"), new FreeText(""), ExpirationChoice.unspecified(), Set.of(), INFERENCE);
        Token token = Token.issue(tenantId, tokenId, userId, draft, secret.hint(), TokenPolicy.DEFAULT, now);
        repositories.tokens().insert(token, hasher.digest(secret));
    }

    /** Reads the tenant in the transaction that stored it. */
    void findIn(Repositories repositories) {
        repositories.tenants().find(tenantId);
    }

    private String issue(
            TenantId of, Role role, boolean forAllWorkloads, Scopes scopes, Expiry expiry, boolean cancelled) {
        TokenSecret secret = secret(of);
        TokenId id = secret.tokenId();
        VerifiedToken token = new VerifiedToken(
                of,
                id,
                userId,
                role,
                forAllWorkloads,
                new TreeSet<>(forAllWorkloads ? Set.of() : Set.of(workloadId)),
                scopes,
                expiry);
        LiveSecret live = new LiveSecret(SecretId.ofFirst(id), hasher.digest(secret), Expiry.NEVER);
        facts.put(
                new TokenKey(of, id),
                new TokenFacts(token, List.of(live), TenantState.ACTIVE, false, UserState.ACTIVE, cancelled));
        return secret.revealSecret();
    }

    private TokenSecret secret(TenantId of) {
        return TokenSecret.generate(of, new TokenId(ids.next()), random);
    }
}
