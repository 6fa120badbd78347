package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores new tokens, those that arrive at the same time in one transaction. Takes only the usual case: a token that cannot be stored this
 * way, for whatever reason, is stored by a transaction of its own, which knows why. Thread-safe.
 */
public interface TokenIssuance {

    /**
     * Stores the token that {@code decide} makes, with its event. Returns once both are durable.
     *
     * @param request null: the call is not idempotent
     * @param decide called with what the token may be, while owner and workloads are held; at most once or after a rollback again, on
     *     any thread; quick, without side effects. If it throws, only this token is given up
     * @return the result of {@code decide}; empty if nothing is stored: a row that it needs is missing or being changed, the name or the request is taken, the
     *     tenant limits the number of tokens, or {@code decide} threw
     * @throws dev.jeton.domain.error.Unavailable with DATABASE_UNAVAILABLE if the store does not answer in time
     */
    <T> Optional<T> issue(Needs needs, @Nullable FirstRequest request, Function<Terms, Issued<T>> decide);

    /** The rows that a new token refers to. */
    record Needs(TenantId tenantId, UserId ownerId, Set<WorkloadId> workloadIds) {}

    /** The request that a new token is the result of, unless an earlier call has made it. */
    record FirstRequest(Key key, String bodyDigest) {}

    /**
     * What the new token may be.
     *
     * @param moment of the transaction; see {@link Repositories#moment()}
     */
    record Terms(TokenTerms terms, Moment moment) {}

    /** A new token, its event, and what to return when they are stored. */
    record Issued<T>(Token token, SecretDigest digest, AuditEvent event, T result) {}
}
