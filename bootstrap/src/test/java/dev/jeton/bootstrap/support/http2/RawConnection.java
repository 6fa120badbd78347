package dev.jeton.bootstrap.support.http2;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which anything can be sent. Nothing is read unless asked for. Not thread-safe, but that it may be closed at any time, which
 * ends whatever it waits for.
 */
public final class RawConnection implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects to this machine and says nothing. */
    public static RawConnection silent(int port) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects, and has said what every client says first; the server may not compress what it answers. */
    public static RawConnection open(int port) throws IOException {
        RawConnection connection = silent(port);
        connection.bytes(Frame.PREFACE.getBytes(StandardCharsets.US_ASCII));
        connection.setting(Frame.HEADER_TABLE_SIZE, 0);
        return connection;
    }

    /** A frame from the server. */
    public record Received(byte type, int flags, int stream, ByteBuffer content) {
        /** Whether nothing more comes on that stream, or on the connection. */
        public boolean isLast() {
            return type == Frame.GOAWAY
                    || type == Frame.RST_STREAM
                    || (type == Frame.DATA || type == Frame.HEADERS) && (flags & Frame.END_STREAM) != 0;
        }
    }

    /** Nothing of it is sent before {@link #flush} or a buffer full. */
    public RawConnection bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    public RawConnection frame(byte type, int flags, int stream, byte[] content) throws IOException {
        return frame(type, flags, stream, content.length, content);
    }

    /** @param said the length that it says it has */
    public RawConnection frame(byte type, int flags, int stream, int said, byte[] content) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_LENGTH);
        Frame.begin(header, said, type, flags, stream);
        out.write(header.array());
        out.write(content);
        return this;
    }

    public RawConnection setting(int name, int value) throws IOException {
        return frame(
                Frame.SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) name).putInt(value).array());
    }

    public RawConnection flush() throws IOException {
        out.flush();
        return this;
    }

    /** Sends what there is, and that there is no more. */
    public void finish() throws IOException {
        out.flush();
        socket.shutdownOutput();
    }

    /** The next frame; null if the server has ended the connection. */
    public @Nullable Received receive(int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = first << 16 | in.readUnsignedShort();
            byte type = in.readByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            return new Received(type, flags, stream, ByteBuffer.wrap(in.readNBytes(length)));
        } catch (SocketException reset) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
