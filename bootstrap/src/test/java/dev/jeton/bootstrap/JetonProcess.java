package dev.jeton.bootstrap;

import dev.jeton.bootstrap.reply.GuardedChannel;
import dev.jeton.bootstrap.storage.UnpackedPostgres;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server in a process of its own, on a free port unless the options name one, for tests that want what users get. Closing it leaves no process behind.
 * One of these can serve a whole test class. Thread-safe.
 */
public final class JetonProcess implements AutoCloseable {
    /** Tests run in their module, the programs among the test classes where the repository begins. */
    public static final Path TARGET =
            Files.isDirectory(Path.of("bootstrap")) ? Path.of("bootstrap", "target") : Path.of("target");

    private static final Path JAR = TARGET.resolve("jeton.jar");
    private static final String SERVING = "Jeton is serving on ";
    private static final long PATIENCE_SECONDS = 90;

    /** Servers that a build tests live for seconds: what the optimizing compiler takes, it never gives back. Long forms run as users do. */
    private static final List<String> JVM_OPTIONS =
            Boolean.getBoolean("jeton.shortLived") ? List.of("-XX:TieredStopAtLevel=1") : List.of();

    private final Path dataDirectory;
    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<String> address = new CompletableFuture<>();
    private final List<Thread> readers;
    private @Nullable ManagedChannel channel;
    private volatile boolean killed;

    private JetonProcess(Path dataDirectory, Process process) {
        this.dataDirectory = dataDirectory;
        this.process = process;
        readers = List.of(read(process.getInputStream(), output), read(process.getErrorStream(), log));
    }

    /** Starts a server and returns when it serves. */
    public static JetonProcess start(Path dataDirectory, String... options) {
        return start(List.of(), dataDirectory, options);
    }

    /** Starts a server whose JVM has these options and returns when it serves. */
    public static JetonProcess start(List<String> jvmOptions, Path dataDirectory, String... options) {
        List<String> program = new ArrayList<>(jvmOptions);
        program.addAll(List.of("-jar", JAR.toString()));
        return awaitServing(launch(dataDirectory, program, serve(dataDirectory, options)));
    }

    /** Starts another program in the server's place, one of the test classes that understands the same options. */
    public static JetonProcess startInstead(Class<?> program, Path dataDirectory, String... options) {
        String classPath = JAR + File.pathSeparator + TARGET.resolve("test-classes");
        return awaitServing(
                launch(dataDirectory, List.of("-cp", classPath, program.getName()), serve(dataDirectory, options)));
    }

    private static List<String> serve(Path dataDirectory, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--data-dir=" + dataDirectory));
        arguments.addAll(List.of(options));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--port="))) {
            arguments.add("--port=0");
        }
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--db-url="))) {
            UnpackedPostgres.in(dataDirectory);
        }
        return arguments;
    }

    private static JetonProcess awaitServing(JetonProcess jeton) {
        try {
            jeton.address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return jeton;
        } catch (Exception e) {
            jeton.close();
            throw new AssertionError("Jeton does not serve; its log:\n" + jeton.log(), e);
        }
    }

    /** Runs the program with these arguments, whatever comes of it. */
    public static JetonProcess run(Path dataDirectory, String... arguments) {
        return launch(dataDirectory, List.of("-jar", JAR.toString()), List.of(arguments));
    }

    private static JetonProcess launch(Path dataDirectory, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JETON_"));
        try {
            return new JetonProcess(dataDirectory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it serves, as {@code host:port}. */
    public String address() {
        return address.join();
    }

    /** The secret that the first start put into the data directory. */
    public String operatorToken() {
        try {
            return Files.readString(dataDirectory.resolve("operator-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A channel for stubs whose calls present this token; closed with the server. */
    public Channel as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** A channel for stubs whose calls present the first operator's token. */
    public Channel asOperator() {
        return as(operatorToken());
    }

    /** A channel for stubs whose calls present no token. */
    public synchronized ManagedChannel channel() {
        if (channel == null) {
            channel = GuardedChannel.to(address());
        }
        return channel;
    }

    /** The lines on its standard output so far. */
    public String output() {
        return String.join("\n", output.toArray(String[]::new));
    }

    /** The lines of its log so far. */
    public String log() {
        return String.join("\n", log.toArray(String[]::new));
    }

    /** The process, for whoever stops it and lets it go on. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Kills the server so that it can do nothing about it, and waits until it is dead. Its PostgreSQL lives on. */
    public void kill9() {
        closeChannel();
        killed = true;
        process.destroyForcibly();
        exitStatus();
    }

    /** Tells the server to stop, with SIGTERM. */
    public int terminate() {
        closeChannel();
        process.destroy();
        return exitStatus();
    }

    /** Waits until the program ends by itself. */
    public int exitStatus() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Jeton does not end; its log:\n" + log());
            }
            for (Thread reader : readers) {
                reader.join();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Stops the server, and the PostgreSQL of one that was killed. */
    @Override
    public void close() {
        closeChannel();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                killed = true;
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (killed) {
            postgres().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The PostgreSQL on the data directory, if one is running. */
    public Optional<ProcessHandle> postgres() {
        try {
            String pid = Files.readAllLines(dataDirectory.resolve("postgres/postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(handle -> handle.info().command().orElse("").endsWith("postgres"));
        } catch (IOException nothingRuns) {
            return Optional.empty();
        }
    }

    private synchronized void closeChannel() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }

    private Thread read(InputStream stream, List<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    lines.add(line);
                    if (line.startsWith(SERVING)) {
                        address.complete(line.substring(SERVING.length()));
                    }
                }
            } catch (IOException e) {
                lines.add("(unreadable: " + e + ")");
            } finally {
                if (lines == output) {
                    address.completeExceptionally(new IllegalStateException("Jeton has ended"));
                }
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
