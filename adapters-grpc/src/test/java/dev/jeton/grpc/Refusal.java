package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An error as a client receives it. */
public record Refusal(StatusRuntimeException exception) {
    public static Refusal of(ThrowingCallable call) {
        return new Refusal(
                Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "The call succeeded"));
    }

    public Status.Code code() {
        return exception.getStatus().getCode();
    }

    public String message() {
        return Objects.requireNonNullElse(exception.getStatus().getDescription(), "");
    }

    public ErrorInfo info() {
        return detail(ErrorInfo.class);
    }

    public String reason() {
        return info().getReason();
    }

    /** Each violation as field and reason. */
    public List<String> violations() {
        return detail(BadRequest.class).getFieldViolationsList().stream()
                .map(violation -> violation.getField() + " " + violation.getReason())
                .toList();
    }

    /** The fields of all violations. */
    public List<String> fields() {
        return detail(BadRequest.class).getFieldViolationsList().stream()
                .map(violation -> violation.getField())
                .toList();
    }

    public <T extends Message> T detail(Class<T> type) {
        for (Any detail :
                Objects.requireNonNull(StatusProto.fromThrowable(exception)).getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return detail.unpack(type);
                } catch (InvalidProtocolBufferException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        }
        throw new AssertionError("No " + type.getSimpleName() + " in " + exception);
    }

    /** Everything that a client receives, byte for byte. */
    public Map<String, String> bytes() {
        Map<String, String> bytes = new TreeMap<>();
        bytes.put("status", exception.getStatus().toString());
        Metadata trailers = Objects.requireNonNull(exception.getTrailers());
        for (String key : trailers.keys()) {
            bytes.put(
                    key,
                    key.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                            ? Arrays.toString(trailers.get(Metadata.Key.of(key, Metadata.BINARY_BYTE_MARSHALLER)))
                            : trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
        }
        return bytes;
    }
}
