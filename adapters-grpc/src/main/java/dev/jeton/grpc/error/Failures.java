package dev.jeton.grpc.error;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** How the code between {@link ErrorInterceptor} and a service ends a call, wherever it runs. */
public final class Failures {
    private Failures() {}

    /** Ends the call with the status that becomes of {@code failure}, unless it has been answered. */
    public static void report(ServerCall<?, ?> call, Throwable failure) {
        call.close(Status.UNKNOWN.withCause(failure), new Metadata());
    }
}
