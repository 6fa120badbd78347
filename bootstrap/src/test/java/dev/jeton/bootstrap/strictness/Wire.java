package dev.jeton.bootstrap.strictness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A wire between the servers and their database that can be made bad. Thread-safe. */
final class Wire implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Quality quality = Quality.GOOD;

    /** How it delivers what is written into it. */
    enum Quality {
        GOOD,
        /** One byte at a time, twenty in a second. */
        DRIPPING,
        /** Nothing; whoever asks for a connection is given one. */
        SILENT
    }

    Wire(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void become(Quality wanted) {
        quality = wanted;
    }

    /** Where connections lead that are not there yet. */
    void leadTo(int port) {
        target = port;
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
                start(() -> deliver(client, server));
                start(() -> deliver(server, client));
            } catch (IOException nobodyThere) {
                client.close();
            }
        }
    }

    private void deliver(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[CHUNK];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                int sent = 0;
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
        if (now != Quality.GOOD) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        int sent =
                switch (now) {
                    case GOOD -> count;
                    case DRIPPING -> 1;
                    case SILENT -> 0;
                };
        out.write(bytes, offset, sent);
        return sent;
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
