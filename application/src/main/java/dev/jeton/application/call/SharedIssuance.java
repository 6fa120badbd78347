package dev.jeton.application.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenIssuance.FirstRequest;
import dev.jeton.application.port.outbound.TokenIssuance.Issued;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.application.port.outbound.TokenIssuance.Terms;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that do nothing but issue one token, several in one transaction when they arrive together. {@link Calls#run} takes whatever is
 * not the usual case, and reports every error. Thread-safe.
 */
public final class SharedIssuance {
    private final TokenIssuance issuance;
    private final SecureRandom random;

    public SharedIssuance(TokenIssuance issuance, SecureRandom random) {
        this.issuance = issuance;
        this.random = random;
    }

    /**
     * Checks the caller's permission, then issues what {@code decide} makes, with its audit event.
     *
     * @param requestKey null: the call is not idempotent
     * @param decide see {@link TokenIssuance#issue}; what it throws is not reported
     * @return empty if the call has had no effect, and must be run on its own
     * @throws dev.jeton.domain.error.PermissionDenied unless the caller has the scope and at least the role that the operation requires
     */
    public <T> Optional<T> run(
            Caller caller, Operation operation, Needs needs, @Nullable RequestKey requestKey, Decision<T> decide) {
        AccessRules.require(caller, operation);
        FirstRequest request = requestKey == null
                ? null
                : new FirstRequest(Calls.key(caller, operation, requestKey), requestKey.bodyDigest());
        return issuance.issue(needs, request, terms -> issued(Calls.origin(caller, operation), terms, decide));
    }

    private <T> Issued<T> issued(Origin origin, Terms terms, Decision<T> decide) {
        Events events = new Events(origin, random);
        NewToken<T> made = decide.decide(terms, new TokenId(events.newId(terms.moment())));
        AuditEvent event = events.created(AuditedResource.of(made.token()), terms.moment());
        return new Issued<>(made.token(), made.digest(), event, made.result());
    }

    /** Makes a token under the terms. */
    public interface Decision<T> {
        NewToken<T> decide(Terms terms, TokenId id);
    }

    /** A new token, and what its call returns. */
    public record NewToken<T>(Token token, SecretDigest digest, T result) {}
}
