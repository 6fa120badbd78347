package dev.jeton.bootstrap.support.http2;

import java.nio.ByteBuffer;

/** HTTP/2 frames (RFC 9113, sections 4.1 and 6). */
public final class Frame {
    public static final int HEADER_LENGTH = 9;

    public static final byte DATA = 0;
    public static final byte HEADERS = 1;
    public static final byte PRIORITY_FRAME = 2;
    public static final byte RST_STREAM = 3;
    public static final byte SETTINGS = 4;
    public static final byte PUSH_PROMISE = 5;
    public static final byte PING = 6;
    public static final byte GOAWAY = 7;
    public static final byte WINDOW_UPDATE = 8;
    public static final byte CONTINUATION = 9;

    /** The client connection preface. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    public static final int ACK = 0x1;
    public static final int END_STREAM = 0x1;
    public static final int END_HEADERS = 0x4;
    public static final int PADDED = 0x8;
    public static final int PRIORITY = 0x20;

    public static final int ENABLE_PUSH = 2;
    public static final int MAX_CONCURRENT_STREAMS = 3;
    public static final int INITIAL_WINDOW_SIZE = 4;

    private Frame() {}

    /** Writes a frame's header, which precedes its payload. */
    public static void begin(ByteBuffer out, int length, byte type, int flags, int stream) {
        out.putInt(length << 8 | type & 0xff);
        out.put((byte) flags);
        out.putInt(stream);
    }
}
