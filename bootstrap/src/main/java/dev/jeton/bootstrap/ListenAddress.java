package dev.jeton.bootstrap;

import dev.jeton.bootstrap.storage.StartFailure;
import dev.jeton.grpc.GrpcServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * Holds the server's address while the server starts: a port in use is found before anything is set up, and the embedded PostgreSQL cannot
 * take it. Does not listen, so clients are refused until the server does. Two servers that start at once can both hold an address; the
 * second to listen fails.
 */
final class ListenAddress implements AutoCloseable {
    private final SocketChannel holder;

    private ListenAddress(SocketChannel holder) {
        this.holder = holder;
    }

    /** @throws StartFailure if another program listens on the address, or this machine does not have it */
    static ListenAddress hold(GrpcServerSettings settings) {
        try {
            SocketChannel channel = SocketChannel.open();
            try {
                // As servers do, so that connections of an earlier server that linger do not matter.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(settings.bindAddress(), settings.port()));
                return new ListenAddress(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unavailable(settings, e);
        }
    }

    static StartFailure unavailable(GrpcServerSettings settings, IOException failure) {
        Throwable reason = failure.getCause() == null ? failure : failure.getCause();
        return new StartFailure(
                "Cannot listen on " + text(settings.bindAddress(), settings.port()) + " (" + ErrorText.of(reason)
                        + "): choose another with --port or --bind",
                failure);
    }

    static String text(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Releases the address, for the server to listen on. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release the server's address: " + e.getMessage(), e);
        }
    }
}
