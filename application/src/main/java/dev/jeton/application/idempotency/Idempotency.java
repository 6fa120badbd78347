package dev.jeton.application.idempotency;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes creates idempotent by {@code request_id}. Thread-safe. */
public final class Idempotency {
    private final InstantSource clock;
    private final Duration retention;

    /** @param retention how long a request id is remembered */
    public Idempotency(InstantSource clock, Duration retention) {
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * Creates a resource, or finds the one that an earlier call with the same request id created. Call it inside the transaction, after
     * the permission checks and before any write.
     *
     * @param newId the id that {@code create} will use
     * @param create writes the resource; runs only if this call is the first
     * @param find loads the resource that an earlier call created
     * @throws AlreadyExists with REQUEST_ID_REUSED if the earlier call had a different request
     */
    public <T> Created<T> createOnce(
            Repositories repositories, CreateCall call, UUID newId, Supplier<T> create, Function<UUID, T> find) {
        Optional<UUID> earlier = earlier(repositories, call, newId);
        return earlier.isPresent()
                ? new Created<>(find.apply(earlier.get()), true)
                : new Created<>(create.get(), false);
    }

    private Optional<UUID> earlier(Repositories repositories, CreateCall call, UUID newId) {
        RequestKey requestKey = call.requestKey();
        if (requestKey == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Key key = new Key(
                call.caller().tenantId(),
                call.caller().userId(),
                call.operation().rpcName(),
                requestKey.requestId());
        return repositories
                .requests()
                .putIfAbsent(key, new Entry(requestKey.bodyDigest(), newId, now), now.minus(retention))
                .map(entry -> requireSameBody(entry, requestKey).resourceId());
    }

    private static Entry requireSameBody(Entry earlier, RequestKey requestKey) {
        if (!earlier.bodyDigest().equals(requestKey.bodyDigest())) {
            throw new AlreadyExists(
                    ErrorReason.REQUEST_ID_REUSED,
                    "request_id %s was used by an earlier call with a different request; use a new request_id for each create."
                            .formatted(requestKey.requestId()),
                    Map.of("request_id", requestKey.requestId().toString()));
        }
        return earlier;
    }

    /**
     * One call that creates something.
     *
     * @param requestKey null: the call is not idempotent and always creates
     */
    public record CreateCall(
            Caller caller, Operation operation, @Nullable RequestKey requestKey) {}
}
