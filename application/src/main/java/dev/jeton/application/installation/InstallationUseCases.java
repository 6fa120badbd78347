package dev.jeton.application.installation;

import dev.jeton.application.call.Calls;
import dev.jeton.application.call.Changes;
import dev.jeton.application.port.inbound.Installation;
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
        Optional<NewToken> unsaved = calls.runLocally(
                INSTALL,
                (repositories, changes) ->
                        repositories.tenants().find(TenantId.SYSTEM).isPresent()
                                ? Optional.empty()
                                : Optional.of(newToken(changes)));
        if (unsaved.isEmpty()) {
            return false;
        }
        NewToken token = unsaved.get();
        saveSecret.accept(token.secret());
        return calls.runLocally(INSTALL, (repositories, changes) -> {
            Instant now = changes.now();
            if (!changes.insert(Tenant.create(TenantId.SYSTEM, new TenantName("Jeton"), TokenPolicy.DEFAULT, now))) {
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
            insert(token, operator, changes);
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
            NewToken token = newToken(changes);
            insert(token, operator, changes);
            return token.secret();
        });
    }

    private NewToken newToken(Changes changes) {
        TokenId id = new TokenId(changes.newId());
        return new NewToken(id, TokenSecret.generate(TenantId.SYSTEM, id, random));
    }

    /** Uses the default policy, so that the system tenant's policy cannot lock operators out. */
    private void insert(NewToken token, User operator, Changes changes) {
        TokenSecret secret = token.secret();
        Token issued = Token.issue(
                TenantId.SYSTEM,
                token.id(),
                operator.id(),
                OPERATOR_TOKEN,
                secret.hint(),
                TokenPolicy.DEFAULT,
                changes.now());
        changes.insert(issued, hasher.digest(secret));
    }

    private record NewToken(TokenId id, TokenSecret secret) {}
}
