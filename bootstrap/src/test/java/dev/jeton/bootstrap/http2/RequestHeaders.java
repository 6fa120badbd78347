package dev.jeton.bootstrap.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The headers of every call on one connection, encoded as clients do (RFC 7541): the first call puts them into the connection's table, the
 * others only point there. Immutable.
 */
public final class RequestHeaders {
    private static final int METHOD_POST = 0x83;
    private static final int SCHEME_HTTP = 0x86;
    private static final int AUTHORITY = 1;
    private static final int PATH = 4;
    private static final int AUTHORIZATION = 23;
    private static final int CONTENT_TYPE = 31;
    private static final int NEW_NAME = 0;
    private static final int ADD_TO_TABLE = 0x40;
    private static final int INDEXED = 0x80;
    private static final int NEWEST_ENTRY = 62;
    private static final int LENGTH_PREFIX = 0x7f;

    private final byte[] first;
    private final byte[] next;

    /** @param bearer empty: the calls present no token */
    public RequestHeaders(String path, String bearer) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(METHOD_POST);
        block.write(SCHEME_HTTP);
        int entries = 4;
        add(block, PATH, path);
        add(block, AUTHORITY, "localhost");
        add(block, CONTENT_TYPE, "application/grpc");
        block.write(ADD_TO_TABLE | NEW_NAME);
        text(block, "te");
        text(block, "trailers");
        if (!bearer.isEmpty()) {
            add(block, AUTHORIZATION, "Bearer " + bearer);
            entries++;
        }
        first = block.toByteArray();

        next = new byte[2 + entries];
        next[0] = (byte) METHOD_POST;
        next[1] = (byte) SCHEME_HTTP;
        for (int entry = 0; entry < entries; entry++) {
            next[2 + entry] = (byte) (INDEXED | NEWEST_ENTRY + entries - 1 - entry);
        }
    }

    /** For the first call of a connection. */
    public byte[] first() {
        return first;
    }

    /** For all others. */
    public byte[] next() {
        return next;
    }

    private static void add(ByteArrayOutputStream block, int name, String value) {
        block.write(ADD_TO_TABLE | name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int rest = bytes.length - LENGTH_PREFIX;
        if (rest < 0) {
            block.write(bytes.length);
        } else {
            block.write(LENGTH_PREFIX);
            for (; rest > 0x7f; rest >>>= 7) {
                block.write(rest & 0x7f | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }
}
