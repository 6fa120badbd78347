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

/** A wire between the servers and their database that can be made bad. Thread-safe. */
public final class Proxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final LongAdder cuts = new LongAdder();
    private volatile int target;
    private volatile Quality quality = Quality.GOOD;

    /** How it delivers what is written into it. */
    public enum Quality {
        GOOD,
        /** A twentieth of a second later. */
        LATE,
        /** One byte at a time, twenty in a second. */
        DRIPPING,
        /** Nothing; whoever asks for a connection is given one. */
        SILENT,
        /** Well, but half of the connections that commit are reset then. */
        CUTTING
    }

    /** Where a connection is cut that commits. */
    private enum Cut {
        /** The server is not told. */
        BEFORE,
        /** Nobody can say. */
        MEANWHILE,
        /** The server has answered. */
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

    /** Where connections lead that are not there yet. */
    public void pointTo(int port) {
        target = port;
    }

    /** How many connections were cut that committed. */
    public long cuts() {
        return cuts.sum();
    }

    /** Resets every connection that is there. */
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
                Line line = new Line(client, server);
                start(line::deliverQuestions);
                start(line::deliverAnswers);
            } catch (IOException nobodyThere) {
                client.close();
            }
        }
    }

    /** One connection through the wire. */
    private final class Line {
        private final Socket client;
        private final Socket server;
        private final CommitWatch watch = new CommitWatch();
        private volatile boolean cutAtAnswer;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void deliverQuestions() throws IOException, InterruptedException {
            deliver(client, server, this::isLetThrough);
        }

        void deliverAnswers() throws IOException, InterruptedException {
            deliver(server, client, (bytes, count) -> {
                if (cutAtAnswer) {
                    cut();
                }
                return !cutAtAnswer;
            });
        }

        private boolean isLetThrough(byte[] bytes, int count) throws IOException {
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
                case MEANWHILE -> {
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
        boolean isLetThrough(byte[] bytes, int count) throws IOException;
    }

    private void deliver(Socket from, Socket to, Gate gate) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[CHUNK];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                int sent = gate.isLetThrough(bytes, read) ? 0 : read;
                while (sent < read) {
                    sent += send(out, bytes, sent, read - sent);
                }
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** How many of them it has sent. */
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

    /** Without the farewell of a close. */
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
                // One of the two ends has gone, or the wire is taken down.
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
