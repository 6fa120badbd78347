package dev.jeton.bootstrap.benchmark.load;

import java.nio.ByteBuffer;

/** HTTP/2 frames (RFC 9113, sections 4.1 and 6). */
final class Frame {
    static final int HEADER_LENGTH = 9;

    static final byte DATA = 0;
    static final byte HEADERS = 1;
    static final byte RST_STREAM = 3;
    static final byte SETTINGS = 4;
    static final byte PING = 6;
    static final byte GOAWAY = 7;
    static final byte WINDOW_UPDATE = 8;
    static final byte CONTINUATION = 9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    static final int ENABLE_PUSH = 2;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;

    private Frame() {}

    /** Writes what goes before a frame's payload. */
    static void begin(ByteBuffer out, int length, byte type, int flags, int stream) {
        out.putInt(length << 8 | type);
        out.put((byte) flags);
        out.putInt(stream);
    }
}
