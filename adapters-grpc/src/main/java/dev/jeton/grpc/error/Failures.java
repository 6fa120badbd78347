package dev.jeton.grpc.error;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** Ends calls from code between {@link ErrorInterceptor} and a service, on any thread. */
public final class Failures {
    private Failures() {}

    /** Ends the call with the status that {@code failure} maps to, unless it has already been answered. */
    public static void report(ServerCall<?, ?> call, Throwable failure) {
        call.close(Status.UNKNOWN.withCause(failure), new Metadata());
    }

    /** Like {@link #report}, for a call whose service has not been called. */
    public static void reportNotStarted(ServerCall<?, ?> call, Throwable failure) {
        report(call, new NotStarted(failure));
    }
}
