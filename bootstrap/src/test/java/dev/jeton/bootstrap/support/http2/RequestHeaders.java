package dev.jeton.bootstrap.support.http2;

/**
 * The headers of calls on one connection, encoded as clients do (RFC 7541): the first call adds them to the dynamic table, later ones refer to
 * it. Immutable.
 */
public final class RequestHeaders {
    private static final int AUTHORITY = 1;
    private static final int PATH = 4;
    private static final int AUTHORIZATION = 23;
    private static final int CONTENT_TYPE = 31;
    private static final int NEWEST_ENTRY = 62;

    private final byte[] first;
    private final byte[] next;

    /** @param bearer the token; empty: none */
    public RequestHeaders(String path, String bearer) {
        HeaderBlock whole = HeaderBlock.post()
                .kept(PATH, path)
                .kept(AUTHORITY, "localhost")
                .kept(CONTENT_TYPE, "application/grpc")
                .kept("te", "trailers");
        int entries = 4;
        if (!bearer.isEmpty()) {
            whole.kept(AUTHORIZATION, "Bearer " + bearer);
            entries++;
        }
        first = whole.bytes();

        HeaderBlock again = HeaderBlock.post();
        for (int entry = entries - 1; entry >= 0; entry--) {
            again.indexed(NEWEST_ENTRY + entry);
        }
        next = again.bytes();
    }

    /** For the first call of a connection. */
    public byte[] first() {
        return first;
    }

    /** For later calls. */
    public byte[] next() {
        return next;
    }
}
