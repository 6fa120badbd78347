package dev.jeton.bootstrap.support;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A TCP proxy in front of a PostgreSQL that counts what its clients send under some roles: round trips, which are flights of messages after
 * which the client waits for ReadyForQuery, and executed statements. For unencrypted connections. Thread-safe.
 */
public final class WireCounter implements AutoCloseable {
    private static final int STARTUP = 3 << 16;
    private static final int LENGTH_BYTES = 4;

    private final ServerSocket listener;
    private final int target;
    private final Set<String> roles;
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder statements = new LongAdder();

    /**
     * @param target the server's port
     * @param roles of the connections that count
     */
    public WireCounter(int target, Set<String> roles) throws IOException {
        this.target = target;
        this.roles = roles;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What was counted since the start. */
    public Count count() {
        return new Count(roundTrips.sum(), statements.sum());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> forwardRequests(client, server));
            start(() -> {
                try (client;
                        server) {
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    private void forwardRequests(Socket client, Socket server) throws IOException {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            boolean counts = startSession(in, out);
            byte[] header = new byte[1 + LENGTH_BYTES];
            while (true) {
                in.readFully(header);
                byte[] body = in.readNBytes(length(header, 1) - LENGTH_BYTES);
                if (counts) {
                    count(header[0], in.available() == 0);
                }
                out.write(header);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    /** Forwards the messages before the session; returns whether the session counts. */
    private boolean startSession(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            byte[] length = in.readNBytes(LENGTH_BYTES);
            byte[] body = in.readNBytes(length(length, 0) - LENGTH_BYTES);
            out.write(length);
            out.write(body);
            if (length(body, 0) == STARTUP) {
                String parameters = new String(body, StandardCharsets.UTF_8);
                return roles.stream().anyMatch(role -> parameters.contains("role=" + role));
            }
        }
    }

    /** @param waits whether the client has sent nothing more: a driver sends BEGIN along with the first statement */
    private void count(byte type, boolean waits) {
        if (waits && (type == 'S' || type == 'Q')) {
            roundTrips.increment();
        }
        if (type == 'E' || type == 'Q') {
            statements.increment();
        }
    }

    private static int length(byte[] bytes, int offset) throws EOFException {
        if (bytes.length < offset + LENGTH_BYTES) {
            throw new EOFException();
        }
        return (bytes[offset] & 0xff) << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | bytes[offset + 3] & 0xff;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (EOFException | SocketException closed) {
                // Either end or the proxy was closed.
                return;
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }

    /** What one side sent. */
    public record Count(long roundTrips, long statements) {
        public Count since(Count earlier) {
            return new Count(roundTrips - earlier.roundTrips, statements - earlier.statements);
        }
    }
}
