package dev.jeton.bootstrap.tls;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/** How a call ends. */
final class StatusOf {
    private StatusOf() {}

    static Status.Code call(Supplier<?> call) {
        try {
            call.get();
            return Status.Code.OK;
        } catch (StatusRuntimeException failure) {
            return failure.getStatus().getCode();
        }
    }
}
