package dev.jeton.grpc.call;

import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.token.PresentedToken;
import io.grpc.Metadata;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the caller's token from a call's metadata: {@code authorization: Bearer jtn_…} (RFC 6750, section 2.1). The scheme may be in any case,
 * and one or more spaces follow it (RFC 7235, section 2.1).
 */
final class Credentials {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /** @throws Unauthenticated unless there is exactly one well-formed token */
    static PresentedToken read(Metadata headers) {
        String value = single(headers.getAll(AUTHORIZATION));
        if (value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Unauthenticated();
        }
        int token = SCHEME.length();
        while (value.startsWith(" ", token)) {
            token++;
        }
        return PresentedToken.parse(value.substring(token)).orElseThrow(Unauthenticated::new);
    }

    private static @Nullable String single(@Nullable Iterable<String> values) {
        if (values == null) {
            return null;
        }
        Iterator<String> each = values.iterator();
        String first = each.next();
        return each.hasNext() ? null : first;
    }
}
