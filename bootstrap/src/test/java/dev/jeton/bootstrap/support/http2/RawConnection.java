package dev.jeton.bootstrap.support.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jeton.bootstrap.support.reply.ReplyGuard;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection that sends arbitrary bytes and frames, and reads only on request. {@link ReplyGuard} checks what it reads. One thread may write
 * while another reads; any thread may close it, which wakes the others.
 */
public final class RawConnection implements AutoCloseable {
    /** Announces that the server will close the connection. */
    private static final String SHUTDOWN = "GOAWAY NO_ERROR";

    public static final String CLOSED = "closed";
    public static final String STILL_OPEN = "still open";

    private static final int BUFFER = 1 << 16;
    private static final Pattern STATUS = Pattern.compile("(?m)^(grpc-status|:status): (?!200$)\\d+$");

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects to this machine and sends nothing. */
    public static RawConnection silent(int port) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects and buffers the client preface and settings. */
    public static RawConnection open(int port) throws IOException {
        return silent(port).bytes(Frame.PREFACE.getBytes(US_ASCII)).setting(Frame.ENABLE_PUSH, 0);
    }

    /**
     * A frame from the server.
     *
     * @param text decoded headers, one per line, or the error of a frame; empty for other frames
     */
    public record Received(byte type, int flags, int stream, String text) {
        /** Whether it is the last frame of its stream or of the connection. */
        public boolean isLast() {
            return type == Frame.GOAWAY
                    || type == Frame.RST_STREAM
                    || (type == Frame.DATA || type == Frame.HEADERS) && (flags & Frame.END_STREAM) != 0;
        }
    }

    /** Buffers bytes; {@link #flush} or a full buffer sends them. */
    public RawConnection bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    public RawConnection frame(byte type, int flags, int stream, byte[] content) throws IOException {
        return frame(type, flags, stream, content.length, content);
    }

    /** @param length the length that the frame claims to have */
    public RawConnection frame(byte type, int flags, int stream, int length, byte[] content) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_LENGTH);
        Frame.begin(header, length, type, flags, stream);
        return bytes(header.array()).bytes(content);
    }

    public RawConnection setting(int name, int value) throws IOException {
        byte[] setting =
                ByteBuffer.allocate(6).putShort((short) name).putInt(value).array();
        return frame(Frame.SETTINGS, 0, 0, setting);
    }

    public RawConnection flush() throws IOException {
        out.flush();
        return this;
    }

    /** Sends the buffer and closes the sending side. */
    public void finish() throws IOException {
        out.flush();
        socket.shutdownOutput();
    }

    /** The next frame; null if the server has closed the connection. */
    public @Nullable Received receive(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = first << 16 | in.readUnsignedShort();
            byte type = in.readByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            return new Received(type, flags, stream, text(type, in.readNBytes(length)));
        } catch (SocketException reset) {
            return null;
        }
    }

    /**
     * Reads until a stream or the connection ends, and returns how, such as {@code grpc-status: 12}, {@code :status: 431}, {@code RST_STREAM
     * CANCEL}, {@code GOAWAY ENHANCE_YOUR_CALM too_many_pings}, {@link #CLOSED}, or {@link #STILL_OPEN} if no frame arrives in time.
     */
    public String ending(int timeoutMillis) throws IOException {
        try {
            for (Received frame = receive(timeoutMillis); frame != null; frame = receive(timeoutMillis)) {
                Matcher status = STATUS.matcher(frame.text());
                if (frame.type() == Frame.HEADERS && status.find()) {
                    return status.group();
                } else if (frame.isLast() && !frame.text().startsWith(SHUTDOWN)) {
                    return frame.text();
                }
            }
            return CLOSED;
        } catch (SocketTimeoutException timeout) {
            return STILL_OPEN;
        }
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String text(byte type, byte[] content) throws IOException {
        ReplyGuard guard = ReplyGuard.OF_ALL_TESTS;
        String text = "";
        if (type == Frame.HEADERS) {
            text = headers(content);
        } else if (type == Frame.DATA) {
            guard.checkMessage("DATA frame", new String(content, ISO_8859_1));
        } else if (type == Frame.RST_STREAM) {
            text = "RST_STREAM " + error(ByteBuffer.wrap(content).getInt());
        } else if (type == Frame.GOAWAY) {
            ByteBuffer goAway = ByteBuffer.wrap(content).position(4);
            text = "GOAWAY " + error(goAway.getInt()) + " " + ISO_8859_1.decode(goAway);
        }
        guard.checkError("frame", text);
        return text;
    }

    private String headers(byte[] block) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block)).forEach(header -> text.append(header.getKey())
                    .append(": ")
                    .append(header.getValue())
                    .append('\n'));
        } catch (Http2Exception unreadable) {
            throw new IOException(unreadable);
        }
        return text.toString();
    }

    private static String error(int code) {
        Http2Error error = Http2Error.valueOf(code);
        return error == null ? Integer.toString(code) : error.name();
    }
}
