package dev.jeton.application.installation;

import dev.jeton.application.call.Calls;
import dev.jeton.application.call.Changes;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the system tenant, its first operator and operator tokens. Thread-safe. */
public final class InstallationUseCases implements Installation {
    private static final String INSTALL = "Install";
    private static final String ISSUE_OPERATOR_TOKEN = "IssueOperatorToken";
    private static final String REVOKE_OPERATOR_TOKENS = "RevokeOperatorTokens";
    private static final FreeText REVOKED = new FreeText("Revoked by operator-token --revoke-others.");
    private static final TokenDraft OPERATOR_TOKEN = new TokenDraft(
            new TokenName("operator"),
            new FreeText("Issued on the machine that runs Jeton."),
            ExpirationChoice.unspecified(),
            Set.of(),
            Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS));

    private final Calls calls;
    private final SecureRandom random;
    private final SecretHasher hasher;

    public InstallationUseCases(Calls calls, SecureRandom random, SecretHasher hasher) {
        this.calls = calls;
        this.random = random;
        this.hasher = hasher;
    }

    @Override
    public boolean installOnce(Consumer<TokenSecret> saveSecret) {
        Optional<TokenSecret> unsaved = calls.runLocally(
                INSTALL,
                (repositories, changes) ->
                        repositories.tenants().find(TenantId.SYSTEM).isPresent()
                                ? Optional.empty()
                                : Optional.of(newSecret(changes)));
        if (unsaved.isEmpty()) {
            return false;
        }
        TokenSecret secret = unsaved.get();
        saveSecret.accept(secret);
        return calls.runLocally(INSTALL, (repositories, changes) -> {
            Instant now = changes.now();
            if (!changes.insertIfAbsent(
                    Tenant.create(TenantId.SYSTEM, new TenantName("Jeton"), TokenPolicy.DEFAULT, now))) {
                return false;
            }
            User operator = User.create(
                    TenantId.SYSTEM,
                    new UserId(changes.newId()),
                    new Email("operator@localhost"),
                    new PersonName("First operator"),
                    Role.OPERATOR,
                    now);
            changes.insert(operator);
            insert(secret, operator, changes);
            return true;
        });
    }

    @Override
    public TokenSecret newOperatorToken() {
        return calls.runLocally(ISSUE_OPERATOR_TOKEN, (repositories, changes) -> {
            User operator = repositories
                    .users()
                    .firstActiveOperator(TenantId.SYSTEM)
                    .flatMap(found -> repositories.users().lock(TenantId.SYSTEM, found.id()))
                    .orElseThrow(() -> new NotFound(
                            ErrorReason.USER_NOT_FOUND,
                            "The database has no active operator; start the server on it once to create one."));
            TokenSecret secret = newSecret(changes);
            insert(secret, operator, changes);
            return secret;
        });
    }

    @Override
    public int revokeOtherOperatorTokens(TokenId newToken) {
        int revoked = 0;
        PageRequest next = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<Token> page = operatorPage(next);
            for (Token token : page.items()) {
                if (!token.id().equals(newToken) && revoke(token.id(), newToken)) {
                    revoked++;
                }
            }
            if (page.next() == null) {
                return revoked;
            }
            next = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }

    private Page<Token> operatorPage(PageRequest request) {
        return calls.runLocally(REVOKE_OPERATOR_TOKENS, (repositories, changes) -> repositories
                .tokens()
                .page(TenantId.SYSTEM, TokenFilter.ALL, changes.now(), request));
    }

    /** Cancels in the name of the new token's owner, so that it takes an operator to reactivate the token. */
    private boolean revoke(TokenId tokenId, TokenId newToken) {
        return calls.runLocally(REVOKE_OPERATOR_TOKENS, (repositories, changes) -> {
            UserId operatorId = repositories
                    .tokens()
                    .find(TenantId.SYSTEM, newToken)
                    .orElseThrow()
                    .ownerId();
            Optional<LockedToken> locked = repositories
                    .tokens()
                    .lock(TenantId.SYSTEM, tokenId)
                    .filter(found -> found.terms().ownerRole() == Role.OPERATOR)
                    .filter(found -> found.token().scopes().contains(Scope.MANAGE));
            if (locked.isEmpty()) {
                return false;
            }
            Token token = locked.get().token();
            Token cancelled = token.cancel(REVOKED, operatorId, Role.OPERATOR, changes.now());
            if (cancelled == token) {
                return false;
            }
            changes.update(token, cancelled);
            return true;
        });
    }

    private TokenSecret newSecret(Changes changes) {
        return TokenSecret.generate(TenantId.SYSTEM, new TokenId(changes.newId()), random);
    }

    /** Uses the default policy, so that the system tenant's policy cannot lock operators out. */
    private void insert(TokenSecret secret, User operator, Changes changes) {
        Token issued = Token.issue(
                TenantId.SYSTEM,
                secret.tokenId(),
                operator.id(),
                OPERATOR_TOKEN,
                secret.hint(),
                TokenPolicy.DEFAULT,
                changes.now());
        changes.insert(issued, hasher.digest(secret));
    }
}
