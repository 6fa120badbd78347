package dev.jeton.application.retry;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
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
import org.jspecify.annotations.Nullable;

/** Has each create done once, however often a caller repeats it. Thread-safe. */
public final class Retries {
    private final InstantSource clock;
    private final Duration retention;

    /** @param retention how long a create is remembered */
    public Retries(InstantSource clock, Duration retention) {
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * To be asked in the transaction that creates, after the caller's permission and before everything that the create changes.
     *
     * @param retry null: this create is like no other
     * @param resourceId what is about to be created
     * @return what was created by the first call; empty if this is the first
     * @throws AlreadyExists REQUEST_ID_REUSED if that call had another request
     */
    public Optional<UUID> earlier(
            Repositories repositories,
            Caller caller,
            Operation operation,
            @Nullable RequestKey retry,
            UUID resourceId) {
        if (retry == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Key key = new Key(caller.tenantId(), caller.userId(), operation.rpcName(), retry.requestId());
        return repositories
                .requests()
                .remember(key, new Entry(retry.bodyDigest(), resourceId, now), now.minus(retention))
                .map(entry -> sameRequest(entry, retry).resourceId());
    }

    private static Entry sameRequest(Entry earlier, RequestKey retry) {
        if (!earlier.bodyDigest().equals(retry.bodyDigest())) {
            throw new AlreadyExists(
                    ErrorReason.REQUEST_ID_REUSED,
                    "request_id %s belongs to an earlier call with another request; use a new one for each new thing."
                            .formatted(retry.requestId()),
                    Map.of("request_id", retry.requestId().toString()));
        }
        return earlier;
    }
}
