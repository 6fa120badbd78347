package dev.jeton.jdbi;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A proxy that does to connections what poolers do. Thread-safe. */
final class Pooler implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    /** What it does. */
    enum Habit {
        /** Forwards everything, as no pooler does. */
        NONE,
        DROPS_OPTIONS,
        INVENTS_PROCESS_IDS
    }

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final DatabaseSettings target;
    private final Habit habit;

    Pooler(DatabaseSettings target, Habit habit) throws IOException {
        this.target = target;
        this.habit = habit;
        start(this::accept);
    }

    /** Returns settings of the same database through this proxy. */
    DatabaseSettings settings() {
        return DatabaseSettings.of(
                target.url().replaceFirst(":\\d+/", ":" + listener.getLocalPort() + "/"), target.user(), null);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        int port = Integer.parseInt(target.url().replaceFirst(".*:(\\d+)/.*", "$1"));
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataInputStream fromClient = new DataInputStream(client.getInputStream());
            DataOutputStream toClient = new DataOutputStream(client.getOutputStream());
            DataInputStream fromServer = new DataInputStream(server.getInputStream());
            DataOutputStream toServer = new DataOutputStream(server.getOutputStream());
            ByteBuffer startup = packet(fromClient);
            while (startup.getInt(0) == SSL_REQUEST || startup.getInt(0) == GSS_REQUEST) {
                toClient.writeByte('N');
                startup = packet(fromClient);
            }
            send(toServer, habit == Habit.DROPS_OPTIONS ? withoutOptions(startup) : startup.array());
            start(() -> {
                fromClient.transferTo(toServer);
                server.shutdownOutput();
            });
            if (habit == Habit.INVENTS_PROCESS_IDS) {
                forwardUntilReady(fromServer, toClient);
            }
            fromServer.transferTo(toClient);
        }
    }

    private static ByteBuffer packet(DataInputStream from) throws IOException {
        return ByteBuffer.wrap(from.readNBytes(from.readInt() - Integer.BYTES));
    }

    private static void send(DataOutputStream to, byte[] packet) throws IOException {
        to.writeInt(packet.length + Integer.BYTES);
        to.write(packet);
    }

    /** The packet is the protocol's version, then names and values that each end with a zero byte. */
    private static byte[] withoutOptions(ByteBuffer startup) {
        byte[] all = startup.array();
        String text = new String(all, Integer.BYTES, all.length - Integer.BYTES, StandardCharsets.ISO_8859_1);
        byte[] kept = text.replaceFirst("options\0[^\0]*\0", "").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(Integer.BYTES + kept.length)
                .putInt(startup.getInt(0))
                .put(kept)
                .array();
    }

    private static void forwardUntilReady(DataInputStream from, DataOutputStream to) throws IOException {
        byte type;
        do {
            type = from.readByte();
            ByteBuffer body = packet(from);
            if (type == 'K') {
                body.putInt(0, body.getInt(0) + 1);
            }
            to.writeByte(type);
            send(to, body.array());
        } while (type != 'Z');
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Either side has closed its connection.
                    }
                },
                "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
