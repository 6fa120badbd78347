package dev.jeton.benchmark;

import dev.jeton.bootstrap.Jeton;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.GuardedChannel;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server that is measured: the packaged jar, started as users start it, on a free port. Not thread-safe. */
final class JetonServer implements AutoCloseable {
    private static final String SERVING = "Jeton is serving on 127.0.0.1:";

    private final Path dataDirectory;
    private final JavaProcess process;
    private final ManagedChannel channel;
    private final int port;
    private final Duration startTime;

    private JetonServer(Path dataDirectory, JavaProcess process, int port, Duration startTime) {
        this.dataDirectory = dataDirectory;
        this.process = process;
        this.startTime = startTime;
        this.port = port;
        channel = GuardedChannel.to("127.0.0.1:" + port);
    }

    /** Starts a server and returns when it serves. */
    static JetonServer start(Path dataDirectory, List<String> jvmOptions, String... options) {
        List<String> arguments = new ArrayList<>(jvmOptions);
        arguments.addAll(List.of("-jar", jar().toString(), "--port=0", "--data-dir=" + dataDirectory));
        arguments.addAll(List.of(options));
        long began = System.nanoTime();
        JavaProcess process = JavaProcess.start(arguments);
        try {
            int port = Integer.parseInt(process.await(SERVING));
            return new JetonServer(dataDirectory, process, port, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The jar on the class path is the one that is measured. */
    static Path jar() {
        try {
            Path jar = Path.of(Jeton.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException("Put the packaged jeton.jar on the class path, not " + jar);
            }
            // In the module's own tests it is the one without what it depends on.
            Path whole = jar.resolveSibling("jeton.jar");
            return Files.isRegularFile(whole) ? whole : jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    /** From the start of its process until it served. */
    Duration startTime() {
        return startTime;
    }

    /** The secret that the first start put into the data directory. */
    String operatorToken() {
        return firstLine(dataDirectory.resolve("operator-token"));
    }

    /** A channel for stubs whose calls present this token. */
    Channel as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** How to get into its embedded database, past the server. */
    Login database() {
        return EmbeddedDatabase.running(DataDirectory.open(dataDirectory))
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL runs in " + dataDirectory))
                .login();
    }

    ProcessHandle process() {
        return process.handle();
    }

    /** The first process of its embedded PostgreSQL, which started the others. */
    Optional<ProcessHandle> postgres() {
        return ProcessHandle.of(Long.parseLong(firstLine(dataDirectory.resolve("postgres/postmaster.pid"))));
    }

    /** Stops the server and its embedded database. */
    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
