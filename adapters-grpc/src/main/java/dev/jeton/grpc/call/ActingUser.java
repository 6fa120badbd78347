package dev.jeton.grpc.call;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.user.UserId;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.RequestReader;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Reads the metadata {@code jeton-acting-user: USER_ID}, which names the user on whose behalf a call is made. */
final class ActingUser {
    private static final String NAME = "jeton-acting-user";
    private static final Metadata.Key<String> KEY = Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

    private ActingUser() {}

    static boolean isPresent(Metadata headers) {
        return headers.containsKey(KEY);
    }

    /** @throws InvalidArgument unless there is exactly one value, a UUID in canonical text form */
    static UserId read(Metadata headers) {
        List<String> values = new ArrayList<>();
        Iterable<String> present = headers.getAll(KEY);
        if (present != null) {
            present.forEach(values::add);
        }
        if (values.size() != 1) {
            throw new InvalidArgument(List.of(new Violation(NAME, ErrorReason.TOO_MANY, "must be given only once")));
        }
        return RequestReader.single(NAME, values.get(0), Ids::user);
    }
}
