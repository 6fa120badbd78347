package dev.jeton.bootstrap.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A TCP proxy between the servers and their database that can degrade connections. Thread-safe. */
public final class Proxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final LongAdder cuts = new LongAdder();
    private volatile int target;
    private volatile Quality quality = Quality.GOOD;

    /** How the proxy forwards bytes. */
    public enum Quality {
        GOOD,
        /** With a delay of 50 ms. */
        LATE,
        /** One byte every 50 ms. */
        DRIPPING,
        /** Accepts connections but forwards nothing. */
        SILENT,
        /** Normally, but resets half of the connections that commit. */
        CUTTING
    }

    /** When a committing connection is cut. */
    private enum Cut {
        /** Before the database receives the commit. */
        BEFORE,
        /** While the database may be committing. */
        DURING,
        /** After the database has answered. */
        AFTER
    }

    public Proxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void become(Quality wanted) {
        quality = wanted;
    }

    /** Sets the target of new connections. */
    public void pointTo(int port) {
        target = port;
    }

    /** The number of committing connections that were cut. */
    public long cuts() {
        return cuts.sum();
    }

    /** Resets all connections. */
    public void reset() throws IOException {
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            try {
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Connection connection = new Connection(client, server);
                start(connection::forwardRequests);
                start(connection::forwardReplies);
            } catch (IOException unreachable) {
                client.close();
            }
        }
    }

    /** One proxied connection. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final CommitWatch watch = new CommitWatch();
        private volatile boolean cutAtAnswer;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forwardRequests() throws IOException, InterruptedException {
            forward(client, server, this::passes);
        }

        void forwardReplies() throws IOException, InterruptedException {
            forward(server, client, (bytes, count) -> {
                if (cutAtAnswer) {
                    cut();
                }
                return !cutAtAnswer;
            });
        }

        private boolean passes(byte[] bytes, int count) throws IOException {
            boolean commit = watch.sees(bytes, count);
            if (!commit
                    || quality != Quality.CUTTING
                    || ThreadLocalRandom.current().nextBoolean()) {
                return true;
            }
            cuts.increment();
            Cut[] kinds = Cut.values();
            switch (kinds[ThreadLocalRandom.current().nextInt(kinds.length)]) {
                case BEFORE -> cut();
                case DURING -> {
                    server.getOutputStream().write(bytes, 0, count);
                    cut();
                }
                case AFTER -> {
                    cutAtAnswer = true;
                    return true;
                }
            }
            return false;
        }

        private void cut() throws IOException {
            reset(client);
            reset(server);
        }
    }

    private interface Gate {
        boolean passes(byte[] bytes, int count) throws IOException;
    }

    private void forward(Socket from, Socket to, Gate gate) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[CHUNK];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                int sent = gate.passes(bytes, read) ? 0 : read;
                while (sent < read) {
                    sent += send(out, bytes, sent, read - sent);
                }
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Returns how many bytes were sent. */
    private int send(OutputStream out, byte[] bytes, int offset, int count) throws IOException, InterruptedException {
        Quality now = quality;
        if (now != Quality.GOOD && now != Quality.CUTTING) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        int sent =
                switch (now) {
                    case GOOD, LATE, CUTTING -> count;
                    case DRIPPING -> 1;
                    case SILENT -> 0;
                };
        out.write(bytes, offset, sent);
        return sent;
    }

    /** Closes with RST instead of FIN. */
    private static void reset(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException closed) {
                // Either end or the proxy was closed.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }
}
