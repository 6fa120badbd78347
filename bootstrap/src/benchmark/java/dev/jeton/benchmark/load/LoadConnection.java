package dev.jeton.benchmark.load;

import dev.jeton.bootstrap.support.http2.Frame;
import dev.jeton.bootstrap.support.http2.RequestHeaders;
import dev.jeton.bootstrap.support.http2.ResponseHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 connection that makes unary calls and checks the answers. Allocation-free per call. Not thread-safe. */
final class LoadConnection implements AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final int LARGEST_CALL = 1 << 14;
    private static final int INITIAL_WINDOW = 65_535;
    private static final int OWN_WINDOW = 1 << 30;
    private static final int WINDOW_UPDATE_AT = 1 << 24;
    private static final int STREAM_WINDOW = Integer.MAX_VALUE;

    /** Slots for calls. A new stream waits until the previous one in its slot has ended. */
    private static final int SLOTS = 1 << 14;

    private final SocketChannel channel;
    private final RequestHeaders headers;
    private final ResponseHeaders responses = new ResponseHeaders();
    private final Messages messages;
    private final Expectation[] expectations;
    private final Tally tally;

    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);

    private final int[] streams = new int[SLOTS];
    private final int[] sent = new int[SLOTS];
    private final long[] due = new long[SLOTS];
    private final boolean[] counted = new boolean[SLOTS];
    private final byte[] answers = new byte[SLOTS];

    private static final byte NONE = 0;
    private static final byte RIGHT = 1;
    private static final byte WRONG = 2;

    private int limit;
    private int inFlight;
    private int nextStream = 1;
    private long window = INITIAL_WINDOW;
    private int received;
    private String broken = "";

    LoadConnection(LoadPlan plan, String bearer, Messages messages, Tally tally) throws IOException {
        headers = new RequestHeaders(plan.path(), bearer);
        this.messages = messages;
        this.tally = tally;
        expectations = plan.expectations().toArray(Expectation[]::new);
        limit = plan.traffic().streams();
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        sendPreface();
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    int inFlight() {
        return inFlight;
    }

    /** Why the connection is unusable; empty if it is usable. */
    String broken() {
        return broken;
    }

    /** Whether a call can be sent now. */
    boolean hasRoom() {
        return broken.isEmpty()
                && inFlight < limit
                && out.remaining() > LARGEST_CALL
                && window > LARGEST_CALL
                && streams[slot(nextStream)] == 0;
    }

    /** Buffers a call; flush sends it. Requires {@link #hasRoom}. */
    void send(int message, long dueNanos, boolean measured) {
        int stream = nextStream;
        byte[] block = stream == 1 ? headers.first() : headers.next();
        Frame.begin(out, block.length, Frame.HEADERS, Frame.END_HEADERS, stream);
        out.put(block);
        int length = messages.length(message);
        Frame.begin(out, length + 5, Frame.DATA, Frame.END_STREAM, stream);
        out.put((byte) 0).putInt(length);
        messages.writeTo(out, message);
        window -= length + 5;

        int slot = slot(stream);
        streams[slot] = stream;
        sent[slot] = message;
        due[slot] = dueNanos;
        counted[slot] = measured;
        answers[slot] = NONE;
        nextStream += 2;
        inFlight++;
    }

    /** Writes as much as the socket accepts. */
    void flush() {
        if (out.position() == 0 || !broken.isEmpty()) {
            return;
        }
        out.flip();
        try {
            while (out.hasRemaining() && channel.write(out) > 0) {
                continue;
            }
        } catch (IOException e) {
            broken = "a connection broke: " + e.getMessage();
        }
        out.compact();
    }

    /** Reads what has arrived and counts the answers. */
    void receive() {
        try {
            if (channel.read(in) < 0) {
                broken = "the server closed a connection";
            }
        } catch (IOException e) {
            broken = "a connection broke: " + e.getMessage();
        }
        if (!broken.isEmpty()) {
            closeBroken();
            return;
        }
        long now = System.nanoTime();
        int offset = 0;
        while (in.position() - offset >= Frame.HEADER_LENGTH) {
            int length = in.getInt(offset) >>> 8;
            int end = offset + Frame.HEADER_LENGTH + length;
            if (end > in.position()) {
                break;
            }
            byte type = in.get(offset + 3);
            int flags = in.get(offset + 4);
            int stream = in.getInt(offset + 5) & Integer.MAX_VALUE;
            take(type, flags, stream, offset + Frame.HEADER_LENGTH, length, now);
            offset = end;
        }
        in.limit(in.position()).position(offset);
        in.compact();
    }

    /** Counts calls without an answer as lost. */
    void countLost(String why) {
        int lost = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (streams[slot] != 0 && counted[slot]) {
                lost++;
            }
        }
        tally.lost(lost, broken.isEmpty() ? why : broken);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void closeBroken() {
        try {
            channel.close();
        } catch (IOException e) {
            broken += "; " + e.getMessage();
        }
    }

    private void sendPreface() {
        out.put(Frame.PREFACE.getBytes(StandardCharsets.US_ASCII));
        Frame.begin(out, 12, Frame.SETTINGS, 0, 0);
        out.putShort((short) Frame.ENABLE_PUSH).putInt(0);
        out.putShort((short) Frame.INITIAL_WINDOW_SIZE).putInt(STREAM_WINDOW);
        Frame.begin(out, 4, Frame.WINDOW_UPDATE, 0, 0);
        out.putInt(OWN_WINDOW - INITIAL_WINDOW);
        flush();
    }

    private void take(byte type, int flags, int stream, int offset, int length, long now) {
        switch (type) {
            case Frame.DATA -> takeData(flags, stream, offset, length, now);
            case Frame.HEADERS -> takeHeaders(flags, stream, offset, length, now);
            case Frame.RST_STREAM -> end(stream, now, "reset with code " + in.getInt(offset));
            case Frame.SETTINGS -> takeSettings(flags, offset, length);
            case Frame.PING -> takePing(flags, offset);
            case Frame.WINDOW_UPDATE -> window += stream == 0 ? in.getInt(offset) & Integer.MAX_VALUE : 0;
            case Frame.GOAWAY -> broken = "the server ended a connection with code " + in.getInt(offset + 4);
            case Frame.CONTINUATION -> broken = "the server sent more headers than this client can read";
            default -> {
                // RFC 9113, section 4.1: frames of unknown types are ignored.
            }
        }
    }

    private void takeData(int flags, int stream, int offset, int length, long now) {
        received += length;
        if (received > WINDOW_UPDATE_AT) {
            Frame.begin(out, 4, Frame.WINDOW_UPDATE, 0, 0);
            out.putInt(received);
            received = 0;
        }
        int slot = slot(stream);
        if (streams[slot] == stream && (length > 0 || answers[slot] == NONE)) {
            boolean right = answers[slot] == NONE
                    && (flags & Frame.PADDED) == 0
                    && expectations[messages.expectation(sent[slot])].isMetBy(in, offset, length, messages, sent[slot]);
            answers[slot] = right ? RIGHT : WRONG;
        }
        if ((flags & Frame.END_STREAM) != 0) {
            end(stream, now, "ended without a status");
        }
    }

    private void takeHeaders(int flags, int stream, int offset, int length, long now) {
        if ((flags & (Frame.PADDED | Frame.PRIORITY)) != 0 || (flags & Frame.END_HEADERS) == 0) {
            broken = "the server sent headers in a form that this client cannot read";
            return;
        }
        int status = responses.read(in.duplicate().limit(offset + length).position(offset));
        if ((flags & Frame.END_STREAM) != 0) {
            end(stream, now, status == 0 ? "" : "status " + status);
        }
    }

    /** @param refusal empty: the call succeeded */
    private void end(int stream, long now, String refusal) {
        int slot = slot(stream);
        if (streams[slot] != stream) {
            return;
        }
        streams[slot] = 0;
        inFlight--;
        if (!counted[slot]) {
            return;
        }
        long latency = now - due[slot];
        if (!refusal.isEmpty()) {
            tally.refused(latency, refusal);
        } else if (answers[slot] == RIGHT) {
            tally.right(latency);
        } else {
            tally.wrong(latency);
        }
    }

    private void takeSettings(int flags, int offset, int length) {
        if ((flags & Frame.ACK) != 0) {
            return;
        }
        for (int setting = offset; setting < offset + length; setting += 6) {
            if (in.getShort(setting) == Frame.MAX_CONCURRENT_STREAMS) {
                limit = (int) Math.min(limit, in.getInt(setting + 2) & 0xffff_ffffL);
            }
        }
        Frame.begin(out, 0, Frame.SETTINGS, Frame.ACK, 0);
    }

    private void takePing(int flags, int offset) {
        if ((flags & Frame.ACK) == 0) {
            Frame.begin(out, 8, Frame.PING, Frame.ACK, 0);
            out.putLong(in.getLong(offset));
        }
    }

    private static int slot(int stream) {
        return stream / 2 % SLOTS;
    }
}
