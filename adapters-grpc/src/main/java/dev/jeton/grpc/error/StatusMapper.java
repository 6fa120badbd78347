package dev.jeton.grpc.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.error.JetonException.Category;
import dev.jeton.domain.error.Unavailable;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps what stopped a call to a gRPC status. Domain errors keep their reason and details; anything else is logged under a new id, and the
 * caller gets that id with a fixed text. Thread-safe.
 */
public final class StatusMapper {
    static final String DOMAIN = "jeton";
    static final String ERROR_ID = "error_id";

    private static final String NOTHING_CHANGED = " Nothing was changed; retry.";
    private static final String OUTCOME_UNKNOWN = " Whether the call had an effect is unknown; check, then retry.";

    /** Long enough for the queue to drain. */
    private static final Duration OVERLOADED_RETRY_DELAY =
            Duration.newBuilder().setSeconds(1).build();

    private static final Logger LOG = LoggerFactory.getLogger(StatusMapper.class);
    private static final long WARNING_INTERVAL_NANOS = 1_000_000_000;

    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    public com.google.rpc.Status toStatus(Throwable failure, MethodDescriptor<?, ?> method) {
        Throwable actual = unwrap(failure);
        boolean changedNothing = failure instanceof NotStarted || ReadOnlyMethods.contains(method);
        if (actual instanceof Unavailable unavailable) {
            warn(unavailable, method.getFullMethodName());
        }
        if (actual instanceof JetonException known) {
            return status(known, changedNothing);
        }
        if (actual instanceof CallRefused refused) {
            return status(refused, changedNothing);
        }
        String id = UUID.randomUUID().toString();
        LOG.error("{} failed; error id {}", method.getFullMethodName(), id, actual);
        return internal(id);
    }

    /** Adds what a failure that may strike at any moment means for the caller's data. */
    private static String withOutcome(String message, ErrorReason reason, boolean changedNothing) {
        if (reason != ErrorReason.DATABASE_UNAVAILABLE && reason != ErrorReason.DEADLINE_EXCEEDED) {
            return message;
        }
        return message + (changedNothing ? NOTHING_CHANGED : OUTCOME_UNKNOWN);
    }

    /** Logs at most once a second: while the database is down, every call fails. */
    private void warn(Unavailable unavailable, String method) {
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + WARNING_INTERVAL_NANOS)) {
            LOG.warn("{} failed with UNAVAILABLE: {}", method, String.valueOf(unavailable.getCause()));
        }
    }

    /** Returns the code of a category. The switch has no default, so that a new category does not compile without a code. */
    static Status.Code code(Category category) {
        return switch (category) {
            case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
            case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
            case CONFLICT -> Status.Code.ABORTED;
            case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case QUOTA_EXCEEDED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
        };
    }

    private static com.google.rpc.Status status(JetonException failure, boolean changedNothing) {
        if (failure instanceof InvalidArgument invalid) {
            return new InvalidArgumentStatus(invalid).toProto();
        }
        com.google.rpc.Status.Builder status = status(
                code(failure.category()),
                withOutcome(failure.getMessage(), failure.reason(), changedNothing),
                failure.reason(),
                failure.metadata());
        switch (failure.category()) {
            case FAILED_PRECONDITION -> attach(status, preconditionFailure(failure));
            case QUOTA_EXCEEDED -> attach(status, quotaFailure(failure));
            default -> {}
        }
        return status.build();
    }

    private static com.google.rpc.Status status(CallRefused refused, boolean changedNothing) {
        com.google.rpc.Status.Builder status = status(
                refused.code(),
                withOutcome(refused.getMessage(), refused.reason(), changedNothing),
                refused.reason(),
                Map.of());
        if (refused.reason() == ErrorReason.SERVER_OVERLOADED) {
            attach(
                    status,
                    RetryInfo.newBuilder().setRetryDelay(OVERLOADED_RETRY_DELAY).build());
        }
        return status.build();
    }

    private static com.google.rpc.Status internal(String id) {
        com.google.rpc.Status.Builder status = status(
                Status.Code.INTERNAL,
                "The server failed; the request is not at fault. The server's log has the cause under id " + id + ".",
                ErrorReason.INTERNAL,
                Map.of(ERROR_ID, id));
        attach(status, RequestInfo.newBuilder().setRequestId(id).build());
        return status.build();
    }

    /** Returns a status with the ErrorInfo that every error has. */
    static com.google.rpc.Status.Builder status(
            Status.Code code, String message, ErrorReason reason, Map<String, String> metadata) {
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
        attach(
                status,
                ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(reason.name())
                        .putAllMetadata(metadata)
                        .build());
        return status;
    }

    static void attach(com.google.rpc.Status.Builder status, Message detail) {
        status.addDetails(Any.pack(detail));
    }

    private static PreconditionFailure preconditionFailure(JetonException failure) {
        return PreconditionFailure.newBuilder()
                .addViolations(PreconditionFailure.Violation.newBuilder()
                        .setType(failure.reason().name())
                        .setSubject(subject(failure))
                        .setDescription(failure.getMessage()))
                .build();
    }

    private static QuotaFailure quotaFailure(JetonException failure) {
        return QuotaFailure.newBuilder()
                .addViolations(QuotaFailure.Violation.newBuilder()
                        .setSubject(subject(failure))
                        .setDescription(failure.getMessage()))
                .build();
    }

    /** Returns the resource that failed, such as {@code token_id:0189…}; empty if the metadata names none. */
    private static String subject(JetonException failure) {
        return failure.metadata().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_id"))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .findFirst()
                .orElse("");
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable actual = failure;
        while ((actual instanceof NotStarted
                        || actual instanceof CompletionException
                        || actual instanceof ExecutionException)
                && actual.getCause() != null) {
            actual = actual.getCause();
        }
        return actual;
    }
}
