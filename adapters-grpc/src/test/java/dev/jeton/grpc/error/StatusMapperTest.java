package dev.jeton.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.error.QuotaExceeded;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.error.Violation;
import dev.jeton.grpc.RawCalls;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.TokenServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusMapperTest {
    private static final StatusMapper MAPPER = new StatusMapper();
    private static final Map<String, String> ID = Map.of("token_id", "0190");

    static Stream<JetonException> oneOfEachCategory() {
        return Stream.of(
                new InvalidArgument(List.of(new Violation("name", ErrorReason.REQUIRED, "is required"))),
                new NotFound(ErrorReason.TOKEN_NOT_FOUND, "There is no token 0190.", ID),
                new AlreadyExists(ErrorReason.TOKEN_NAME_TAKEN, "The name is taken."),
                new FailedPrecondition(ErrorReason.TOKEN_CANCELLED, "The token is cancelled.", ID),
                new Conflict(ErrorReason.ETAG_MISMATCH, "The etag is not the current one."),
                new PermissionDenied("The call needs a caller with the role OPERATOR."),
                new Unauthenticated(),
                new QuotaExceeded(ErrorReason.TOKEN_QUOTA_EXCEEDED, "The user owns 3 tokens.", Map.of("user_id", "1")),
                new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer.", new Exception()));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachCategory")
    void everyErrorCarriesItsReason(JetonException failure) {
        Refusal refusal = map(failure);

        assertThat(refusal.code()).isEqualTo(StatusMapper.code(failure.category()));
        assertThat(refusal.message())
                .isEqualTo(
                        failure.getMessage() + (failure instanceof Unavailable ? " Nothing was changed; retry." : ""));
        assertThat(refusal.info().getDomain()).isEqualTo("jeton");
        assertThat(refusal.reason()).isEqualTo(failure.reason().name());
        assertThat(refusal.info().getMetadataMap()).isEqualTo(failure.metadata());
        assertThat(refusal.exception().getStatus().getCause()).isNull();
    }

    @Test
    void hasOneOfEachCategory() {
        assertThat(oneOfEachCategory().map(JetonException::category)).containsExactly(JetonException.Category.values());
        assertThat(Stream.of(JetonException.Category.values()).map(StatusMapper::code))
                .containsExactly(
                        Status.Code.INVALID_ARGUMENT,
                        Status.Code.NOT_FOUND,
                        Status.Code.ALREADY_EXISTS,
                        Status.Code.FAILED_PRECONDITION,
                        Status.Code.ABORTED,
                        Status.Code.PERMISSION_DENIED,
                        Status.Code.UNAUTHENTICATED,
                        Status.Code.RESOURCE_EXHAUSTED,
                        Status.Code.UNAVAILABLE);
    }

    @Test
    void unwrapsFailures() {
        Refusal refusal = map(new CompletionException(new ExecutionException(new Unauthenticated())));

        assertThat(refusal.bytes()).isEqualTo(map(new Unauthenticated()).bytes());
    }

    @Test
    void reportsAllViolations() {
        Refusal refusal = map(new InvalidArgument(List.of(
                new Violation("name", ErrorReason.TOO_LONG, "must have at most 100 characters, not 101"),
                new Violation("scopes[2]", ErrorReason.INVALID_SCOPE, "must be a word"))));

        assertThat(refusal.message())
                .isEqualTo("name must have at most 100 characters, not 101; scopes[2] must be a word");
        assertThat(refusal.reason()).isEqualTo("TOO_LONG");
        assertThat(refusal.detail(BadRequest.class).getFieldViolationsList())
                .containsExactly(
                        BadRequest.FieldViolation.newBuilder()
                                .setField("name")
                                .setReason("TOO_LONG")
                                .setDescription("must have at most 100 characters, not 101")
                                .build(),
                        BadRequest.FieldViolation.newBuilder()
                                .setField("scopes[2]")
                                .setReason("INVALID_SCOPE")
                                .setDescription("must be a word")
                                .build());
    }

    @Test
    void countsViolationsThatDoNotFitIntoTrailers() {
        for (String word : List.of("must be a word", "%%%%%%", "\u4e2d\u6587\u5b57\u7b26", "\uD83D\uDE00")) {
            List<Violation> many = IntStream.range(0, 5_000)
                    .mapToObj(i -> new Violation("scopes[" + i + "]", ErrorReason.INVALID_SCOPE, word))
                    .toList();

            Refusal refusal = map(new InvalidArgument(many));

            int reported = refusal.violations().size();
            assertThat(reported).isBetween(15, 200);
            assertThat(refusal.info().getMetadataMap())
                    .containsExactly(Map.entry("violations_omitted", Integer.toString(5_000 - reported)));
            assertThat(refusal.message()).endsWith("; and " + (5_000 - reported) + " more violations");
            assertThat(sizeOnTheWire(refusal)).isLessThan(8_192);
        }
    }

    @Test
    void namesTheSubjectOfPreconditionsAndQuotas() {
        assertThat(map(new FailedPrecondition(ErrorReason.TOKEN_CANCELLED, "The token is cancelled.", ID))
                        .detail(PreconditionFailure.class)
                        .getViolationsList())
                .containsExactly(PreconditionFailure.Violation.newBuilder()
                        .setType("TOKEN_CANCELLED")
                        .setSubject("token_id:0190")
                        .setDescription("The token is cancelled.")
                        .build());
        assertThat(map(new QuotaExceeded(ErrorReason.TOKEN_QUOTA_EXCEEDED, "The user owns 3 tokens.", Map.of()))
                        .detail(QuotaFailure.class)
                        .getViolationsList())
                .containsExactly(QuotaFailure.Violation.newBuilder()
                        .setDescription("The user owns 3 tokens.")
                        .build());
    }

    /** As RFC 9113, section 6.5.2 counts it, with the encodings of the gRPC protocol. */
    private static int sizeOnTheWire(Refusal refusal) {
        int size = 200;
        for (byte each : refusal.message().getBytes(StandardCharsets.UTF_8)) {
            size += each < ' ' || each > '~' || each == '%' ? 3 : 1;
        }
        byte[] details = refusal.exception()
                .getTrailers()
                .get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
        return size + Base64.getEncoder().encode(details).length;
    }

    /** Only a write that was begun may have had an effect. */
    @Test
    void saysWhetherTheCallMayHaveHadAnEffect() {
        String unknown = " Whether the call had an effect is unknown; check, then retry.";
        String nothing = " Nothing was changed; retry.";
        for (RuntimeException failure : List.of(
                new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer.", null),
                CallRefused.deadlineExceeded())) {
            RawCalls.allMethods().forEach(method -> {
                boolean reads = method.getBareMethodName().matches("(Get|List|Verify|BatchVerify).*");
                assertThat(map(failure, method).message())
                        .isEqualTo(failure.getMessage() + (reads ? nothing : unknown));
                assertThat(map(new NotStarted(failure), method).message()).isEqualTo(failure.getMessage() + nothing);
            });
        }
        assertThat(map(CallRefused.overloaded(), TokenServiceGrpc.getCreateTokenMethod())
                        .message())
                .isEqualTo(CallRefused.overloaded().getMessage());
    }

    private static Refusal map(Throwable failure) {
        return map(failure, TokenServiceGrpc.getGetTokenMethod());
    }

    private static Refusal map(Throwable failure, MethodDescriptor<?, ?> method) {
        return new Refusal(StatusProto.toStatusRuntimeException(MAPPER.toStatus(failure, method)));
    }
}
