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

/** Reads from a call's metadata whom the caller acts as: {@code jeton-acting-user: USER_ID}. */
final class ActingUser {
    private static final String NAME = "jeton-acting-user";
    private static final Metadata.Key<String> KEY = Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

    private ActingUser() {}

    static boolean isNamed(Metadata headers) {
        return headers.containsKey(KEY);
    }

    /** @throws InvalidArgument unless there is exactly one, in canonical text */
    static UserId read(Metadata headers) {
        List<String> values = new ArrayList<>();
        Iterable<String> named = headers.getAll(KEY);
        if (named != null) {
            named.forEach(values::add);
        }
        if (values.size() != 1) {
            throw new InvalidArgument(
                    List.of(new Violation(NAME, ErrorReason.TOO_MANY, "must be given once: a call acts as one user")));
        }
        return RequestReader.only(NAME, values.get(0), Ids::user);
    }
}
