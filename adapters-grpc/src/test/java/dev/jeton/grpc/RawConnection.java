package dev.jeton.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Writes HTTP/2 frames by hand, because a real client respects the limits. Not thread-safe. */
final class RawConnection implements AutoCloseable {
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;

    static final int REFUSED_STREAM = 7;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int HEADERS = 1;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream input;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        input = new DataInputStream(socket.getInputStream());
    }

    /** A frame from the server. */
    record Frame(int type, int flags, int stream, ByteBuffer content) {}

    /** Connects and sends nothing. */
    static RawConnection silent(int port) throws IOException {
        return new RawConnection(new Socket("127.0.0.1", port));
    }

    /** Connects and sends the client preface. */
    static RawConnection open(int port) throws IOException {
        RawConnection connection = silent(port);
        connection
                .socket
                .getOutputStream()
                .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.send(SETTINGS, 0, 0, new byte[0]);
        return connection;
    }

    /** Starts a call without sending its request. */
    void begin(int stream, String method) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.write(0x83); // :method POST
        headers.write(0x86); // :scheme http
        headers.write(0x04); // :path
        text(headers, "/" + method);
        headers.write(0x01); // :authority
        text(headers, "localhost");
        literal(headers, "te", "trailers");
        literal(headers, "content-type", "application/grpc");
        send(HEADERS, END_HEADERS, stream, headers.toByteArray());
    }

    void reset(int stream) throws IOException {
        send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    void ping() throws IOException {
        send(PING, 0, 0, new byte[8]);
    }

    /** Waits for the next frame that matches; skips others. */
    Frame await(Predicate<Frame> kind) throws IOException {
        Frame frame = next();
        while (!kind.test(frame)) {
            frame = next();
        }
        return frame;
    }

    /** Waits for the server to close the connection; skips frames before that. */
    boolean isEndedByServer() throws IOException {
        try {
            input.readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Frame next() throws IOException {
        int lengthAndType = input.readInt();
        int flags = input.readUnsignedByte();
        int stream = input.readInt();
        return new Frame(lengthAndType & 0xff, flags, stream, ByteBuffer.wrap(input.readNBytes(lengthAndType >>> 8)));
    }

    private void send(int type, int flags, int stream, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + content.length);
        frame.putInt(content.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(content);
        socket.getOutputStream().write(frame.array());
    }

    private static void literal(ByteArrayOutputStream headers, String name, String value) {
        headers.write(0);
        text(headers, name);
        text(headers, value);
    }

    private static void text(ByteArrayOutputStream headers, String text) {
        headers.write(text.length());
        headers.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
