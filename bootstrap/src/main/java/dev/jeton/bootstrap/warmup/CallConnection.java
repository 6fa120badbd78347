package dev.jeton.bootstrap.warmup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/2 connection that makes unary calls of one method. It writes frames itself: a gRPC client costs as much as the server, and the
 * compiler would have to learn it too. Not thread-safe, except that {@link #close} ends a call in progress.
 */
final class CallConnection implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int MESSAGE_PREFIX = 5;

    /** What the first call's headers left in the server's table. */
    private static final byte[] SAME_HEADERS = {
        (byte) 0x83, (byte) 0x86, (byte) 0xc2, (byte) 0xc1, (byte) 0xc0, (byte) 0xbf, (byte) 0xbe
    };

    private static final int LARGEST_WINDOW = Integer.MAX_VALUE;
    private static final int FIRST_WINDOW = 65_535;

    private final long end;
    private final Socket socket = new Socket();
    private final DataOutputStream out;
    private final DataInputStream in;
    private final byte[] firstHeaders;
    private int stream = -1;
    private int open;

    /**
     * @param path of the method, such as {@code /jeton.v1.VerificationService/VerifyToken}
     * @param end by {@link System#nanoTime}; later answers are not awaited
     */
    CallConnection(int port, String path, String bearer, long end) throws IOException {
        this.end = end;
        firstHeaders = firstHeaders(path, bearer);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 14));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 14));
        out.writeBytes(PREFACE);
        begin(12, SETTINGS, 0, 0);
        out.writeShort(ENABLE_PUSH);
        out.writeInt(0);
        out.writeShort(INITIAL_WINDOW_SIZE);
        out.writeInt(LARGEST_WINDOW);
        begin(4, WINDOW_UPDATE, 0, 0);
        out.writeInt(LARGEST_WINDOW - FIRST_WINDOW);
    }

    /** Makes a call, and returns 1 if it got a reply, 0 if it got an error. */
    int call(byte[] message) throws IOException {
        send(message);
        flush();
        return receive();
    }

    /** Begins a call, which {@link #flush} sends. */
    void send(byte[] message) throws IOException {
        byte[] block = stream < 0 ? firstHeaders : SAME_HEADERS;
        stream += 2;
        open++;
        begin(block.length, HEADERS, END_HEADERS, stream);
        out.write(block);
        begin(MESSAGE_PREFIX + message.length, DATA, END_STREAM, stream);
        out.writeByte(0);
        out.writeInt(message.length);
        out.write(message);
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * Waits until all calls have ended, and returns how many of them got a reply.
     *
     * @throws SocketTimeoutException if the time is over
     */
    int receive() throws IOException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout(Math.toIntExact(millis));
        int replies = 0;
        while (open > 0) {
            int lengthAndType = in.readInt();
            int length = lengthAndType >>> 8;
            int type = lengthAndType & 0xff;
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == DATA && length >= MESSAGE_PREFIX) {
                replies++;
            }
            if (type == RST_STREAM || (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                open--;
            } else if (type == GOAWAY) {
                throw new IOException("The server ended the connection");
            } else if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
                acknowledge(type, payload);
            }
        }
        return replies;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acknowledge(int type, byte[] payload) throws IOException {
        byte[] answer = type == PING ? payload : new byte[0];
        begin(answer.length, type, ACK, 0);
        out.write(answer);
        out.flush();
    }

    private void begin(int length, int type, int flags, int streamId) throws IOException {
        out.writeInt(length << 8 | type);
        out.writeByte(flags);
        out.writeInt(streamId);
    }

    /** Literals without Huffman codes that the server keeps (RFC 7541, section 6.2.1); later calls refer to them. */
    private static byte[] firstHeaders(String path, String bearer) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86});
        kept(block, 4, path);
        kept(block, 1, "localhost");
        kept(block, 31, "application/grpc");
        block.write(0x40);
        text(block, "te");
        text(block, "trailers");
        kept(block, 23, "Bearer " + bearer);
        return block.toByteArray();
    }

    private static void kept(ByteArrayOutputStream block, int name, String value) {
        block.write(0x40 | name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        block.write(ascii.length);
        block.writeBytes(ascii);
    }
}
