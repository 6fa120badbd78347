package dev.jeton.bootstrap.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call is refused, as a client sees it. */
public final class Refusals {
    private Refusals() {}

    /** Asserts that the call is refused for one field, which the message names too. */
    public static void assertRefuses(String field, String reason, ThrowingCallable call)
            throws InvalidProtocolBufferException {
        StatusRuntimeException refusal = refusal(Code.INVALID_ARGUMENT, call);
        assertThat(refusal.getStatus().getDescription()).contains(field);
        assertThat(detail(refusal, BadRequest.class).getFieldViolationsList())
                .extracting(violation -> violation.getField() + " " + violation.getReason())
                .containsExactly(field + " " + reason);
    }

    public static void assertRefuses(Code code, String reason, ThrowingCallable call)
            throws InvalidProtocolBufferException {
        ErrorInfo info = detail(refusal(code, call), ErrorInfo.class);
        assertThat(info.getDomain()).isEqualTo("jeton");
        assertThat(info.getReason()).isEqualTo(reason);
    }

    private static StatusRuntimeException refusal(Code code, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).as("the call is refused").isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        return refusal;
    }

    private static <T extends Message> T detail(StatusRuntimeException refusal, Class<T> type)
            throws InvalidProtocolBufferException {
        Status status = StatusProto.fromThrowable(refusal);
        assertThat(status).as("google.rpc.Status of %s", refusal.getStatus()).isNotNull();
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                return any.unpack(type);
            }
        }
        throw new AssertionError("No " + type.getSimpleName() + " in " + status);
    }
}
