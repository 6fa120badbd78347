package dev.jeton.bootstrap.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server that a shell block starts, as the reader does in a second terminal. Closing it stops the server. */
final class ServerBlock implements AutoCloseable {
    static final String SERVING = "Jeton is serving on ";

    private static final long PATIENCE_SECONDS = 60;

    private final Process bash;
    private final String address;

    private ServerBlock(Process bash, String address) {
        this.bash = bash;
        this.address = address;
    }

    /** Runs the block and returns when its server is ready. */
    static ServerBlock start(ProcessBuilder environment, Path scripts, String block)
            throws IOException, InterruptedException {
        Path log = scripts.resolve("server.log");
        Process bash = environment
                .command("bash", "-c", block)
                .redirectError(log.toFile())
                .start();
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(bash, address), "server-block");
        reader.setDaemon(true);
        reader.start();
        try {
            return new ServerBlock(bash, address.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            stop(bash);
            throw new AssertionError("No server from:\n" + block + "\n" + Files.readString(log), e);
        }
    }

    /** As the server prints it: {@code host:port}. */
    String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    @Override
    public void close() throws InterruptedException {
        stop(bash);
    }

    private static void read(Process bash, CompletableFuture<String> address) {
        try (BufferedReader out = bash.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(SERVING)) {
                    address.complete(line.substring(SERVING.length()));
                }
            }
            address.completeExceptionally(new IllegalStateException("The block has ended"));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    /** Signals the JVM alone, which bash may have exec'ed; the JVM stops its own children. */
    private static void stop(Process bash) throws InterruptedException {
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(bash.toHandle()), bash.descendants()).toList();
        processes.stream()
                .filter(each -> each.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroy);
        if (!bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            throw new AssertionError("The server did not stop");
        }
    }
}
