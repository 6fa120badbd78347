package dev.jeton.application.installation;

import dev.jeton.application.audit.AuditedResource;
import dev.jeton.application.audit.Auditor;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
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
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the system tenant, its first operator and operator tokens. Thread-safe. */
public final class InstallationUseCases implements Installation {
    private static final String INSTALL = "Install";
    private static final String ISSUE_OPERATOR_TOKEN = "IssueOperatorToken";
    private static final TokenDraft OPERATOR_TOKEN = new TokenDraft(
            new TokenName("operator"),
            new FreeText("Issued on the machine that runs Jeton."),
            ExpirationChoice.unspecified(),
            Set.of(),
            Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS));

    private final Transactor transactor;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final SecureRandom random;
    private final SecretHasher hasher;
    private final Auditor auditor;

    public InstallationUseCases(
            Transactor transactor,
            InstantSource clock,
            TimeOrderedIds ids,
            SecureRandom random,
            SecretHasher hasher,
            Auditor auditor) {
        this.transactor = transactor;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
        this.hasher = hasher;
        this.auditor = auditor;
    }

    @Override
    public boolean installOnce(Consumer<TokenSecret> saveSecret) {
        boolean installed = transactor.inTransaction(
                repositories -> repositories.tenants().find(TenantId.SYSTEM).isPresent());
        if (installed) {
            return false;
        }
        Instant now = clock.instant();
        Tenant system = Tenant.create(TenantId.SYSTEM, new TenantName("Jeton"), TokenPolicy.DEFAULT, now);
        User operator = User.create(
                TenantId.SYSTEM,
                new UserId(ids.next()),
                new Email("operator@localhost"),
                new PersonName("First operator"),
                Role.OPERATOR,
                now);
        TokenId tokenId = new TokenId(ids.next());
        TokenSecret secret = TokenSecret.generate(TenantId.SYSTEM, tokenId, random);
        saveSecret.accept(secret);
        return transactor.inTransaction(repositories -> {
            if (!repositories.tenants().insert(system)) {
                return false;
            }
            repositories.users().insert(operator);
            Token token = operatorToken(tokenId, operator, secret, now);
            repositories.tokens().insert(token, hasher.digest(secret), 0);
            auditor.createdLocally(repositories, INSTALL, AuditedResource.of(system));
            auditor.createdLocally(repositories, INSTALL, AuditedResource.of(operator));
            auditor.createdLocally(repositories, INSTALL, AuditedResource.of(token));
            return true;
        });
    }

    @Override
    public TokenSecret newOperatorToken() {
        TokenId tokenId = new TokenId(ids.next());
        TokenSecret secret = TokenSecret.generate(TenantId.SYSTEM, tokenId, random);
        return transactor.inTransaction(repositories -> {
            User operator = repositories
                    .users()
                    .firstActiveOperator(TenantId.SYSTEM)
                    .orElseThrow(() -> new NotFound(
                            ErrorReason.USER_NOT_FOUND,
                            "The database has no active operator; start the server on it once to create one."));
            Token token = operatorToken(tokenId, operator, secret, clock.instant());
            repositories.tokens().insert(token, hasher.digest(secret), 0);
            auditor.createdLocally(repositories, ISSUE_OPERATOR_TOKEN, AuditedResource.of(token));
            return secret;
        });
    }

    /** Uses the default policy, so that the system tenant's policy cannot lock operators out. */
    private static Token operatorToken(TokenId id, User operator, TokenSecret secret, Instant now) {
        return Token.issue(TenantId.SYSTEM, id, operator.id(), OPERATOR_TOKEN, secret.hint(), TokenPolicy.DEFAULT, now);
    }
}
