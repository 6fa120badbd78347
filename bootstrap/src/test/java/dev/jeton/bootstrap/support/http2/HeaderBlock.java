package dev.jeton.bootstrap.support.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a block of headers, valid or not, encoded without Huffman codes (RFC 7541). Not thread-safe. */
public final class HeaderBlock {
    private static final int METHOD_POST = 3;
    private static final int SCHEME_HTTP = 6;
    private static final int INDEXED = 0x80;
    private static final int ADD_TO_TABLE = 0x40;
    private static final int TABLE_SIZE = 0x20;

    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    /** Starts a block with the headers of every call. */
    public static HeaderBlock post() {
        return new HeaderBlock().indexed(METHOD_POST).indexed(SCHEME_HTTP);
    }

    /** The complete block of a call. */
    public static HeaderBlock call(String path) {
        return post().literal(":path", path)
                .literal(":authority", "localhost")
                .literal("content-type", "application/grpc")
                .literal("te", "trailers");
    }

    /** Refers to an entry of the static table, or of the connection's dynamic table from 62 on, newest first. */
    public HeaderBlock indexed(int index) {
        return number(INDEXED, 7, index);
    }

    public HeaderBlock literal(String name, String value) {
        block.write(0);
        return text(name).text(value);
    }

    /** A literal that the server adds to the dynamic table. */
    public HeaderBlock kept(String name, String value) {
        block.write(ADD_TO_TABLE);
        return text(name).text(value);
    }

    /** A literal, named by the static table, that the server adds to the dynamic table. */
    public HeaderBlock kept(int name, String value) {
        return number(ADD_TO_TABLE, 6, name).text(value);
    }

    public HeaderBlock tableSize(int size) {
        return number(TABLE_SIZE, 5, size);
    }

    public byte[] bytes() {
        return block.toByteArray();
    }

    private HeaderBlock text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        number(0, 7, bytes.length);
        block.writeBytes(bytes);
        return this;
    }

    private HeaderBlock number(int flags, int bits, int number) {
        int limit = (1 << bits) - 1;
        if (number < limit) {
            block.write(flags | number);
            return this;
        }
        block.write(flags | limit);
        int rest = number - limit;
        for (; rest > 0x7f; rest >>>= 7) {
            block.write(rest & 0x7f | 0x80);
        }
        block.write(rest);
        return this;
    }
}
